import HTTPTypes
import Hummingbird
import Touchpoints
import Wayfold

/// `GET /` and `GET /customer?alias=`: what the views say, for people with a browser.
struct PagesRoute: Sendable {
    let lanes: QueryLanes

    func front(_ call: Call) async throws -> Response {
        let workspace = call.workspace
        return await respond(to: call, in: lanes.long, allowing: []) { answers in
            let tag = try EntityTag(answers, views: answers.catalogue.names, workspace, "/")
            return try workspace.frontPage.page(tag.text, notBefore: try call.minPosition ?? .start) {
                KeptPage.Page(html: try FrontPage.html(answers), position: answers.log.head)
            }
        }
    }

    func customer(_ call: Call) async throws -> Response {
        await respond(to: call, in: lanes.short, allowing: ["alias"]) { answers in
            guard let alias = try call.parameters["alias"] else {
                throw Problem(.badRequest, "there is no alias: whose page?")
            }
            let html = try CustomerPageHTML.html(answers, alias: alias)
            return KeptPage.Page(html: html, position: answers.log.head)
        }
    }

    /// What goes wrong is a page, too.
    private func respond(
        to call: Call, in pool: QueryPool, allowing names: Set<String>,
        _ page: @escaping @Sendable (ViewAnswers) throws -> KeptPage.Page
    ) async -> Response {
        do {
            try call.parameters.allowOnly(names)
            let workspace = call.workspace
            let page = try await pool.run(for: call.caller.turn) {
                try workspace.views.read { answers in
                    try call.checkMinPosition(answers)
                    return try page(answers)
                }
            }
            let headers: HTTPFields = [.position: "\(page.position)", .epoch: "\(workspace.folder.epoch)"]
            return Self.response(page.html, .ok, headers, for: call.request)
        } catch {
            return Self.page(of: Problem(error, call.context.logger), for: call.request)
        }
    }

    /// The paths that people look at.
    static let paths: Set = ["/", "/customer"]

    /// A problem as people read it.
    static func page(of problem: Problem, for request: Request) -> Response {
        let status = problem.kind.status
        let html = ErrorPage.html(status: status.code, title: problem.kind.title, detail: problem.detail)
        return response(html, status, problem.headers, for: request)
    }

    private static func response(
        _ html: String, _ status: HTTPResponse.Status, _ fields: HTTPFields, for request: Request
    ) -> Response {
        var headers = fields
        headers[.contentType] = "text/html; charset=utf-8"
        headers[.contentSecurityPolicy] = Stylesheet.contentSecurityPolicy
        headers[.xContentTypeOptions] = "nosniff"
        headers[.vary] = "Accept-Encoding, Authorization"
        headers[.cacheControl] = "private, no-store"
        return Response.compressed(Array(html.utf8), headers, status: status, for: request)
    }
}
