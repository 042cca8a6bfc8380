import HTTPTypes
import Hummingbird
import Projections
import Wayfold

/// `GET /v1/customers/...`: what the views say of one customer, by any of its names.
struct CustomersRoute: Sendable {
    let views: ViewsRoute

    /// Everything on one page.
    func page(_ call: Call) async throws -> Response {
        try call.parameters.allowOnly(["as-of", "as-known"])
        let alias = try call.path("alias")
        let axes = try Axes(call.parameters)
        let workspace = call.workspace
        let isPast = axes.asOf != nil || axes.asKnown != nil
        return try await (isPast ? views.lanes.long : views.lanes.short).run(for: call.caller.turn) {
            try workspace.views.read { answers in
                try call.checkMinPosition(answers)
                let tag = try EntityTag(
                    answers, views: answers.catalogue.names, workspace, call.request.uri.string)
                let condition = call.request.headers[.ifNoneMatch]
                if tag.isNamed(in: condition) { return tag.notModified }
                let (asOf, asKnown) = try axes.resolved(in: answers)
                let page = try CustomerPage(answers, alias: alias, asOf: asOf, asKnown: asKnown)
                let report = try page.report()
                guard condition != "*" else { return tag.notModified }
                var headers: HTTPFields = [
                    .position: "\(page.position)", .epoch: "\(answers.log.epoch)",
                    .vary: EntityTag.vary, .eTag: tag.text,
                ]
                headers[.policy] = answers.activePolicy(at: page.position).map { "\($0.position)" }
                return Response.json(report, headers, for: call.request)
            }
        }
    }

    /// A customer's rows of one view: of its first part that can be asked about one customer; or the timeline.
    func rows(_ call: Call) async throws -> Response {
        let (alias, name) = (try call.path("alias"), try call.path("view"))
        guard let part = call.workspace.customerPart(name) else {
            throw Problem(.notFound, "no view or part \(name) is about one customer")
        }
        var question = Question(view: part.view, part: part.name)
        question.customer = alias
        return try await views.rows(call, question)
    }
}
