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
        return try await views.pool.run {
            try workspace.views.read { answers in
                try call.checkMinPosition(answers)
                let (asOf, asKnown) = try axes.resolved(in: answers)
                let page = try CustomerPage(answers, alias: alias, asOf: asOf, asKnown: asKnown)
                return Response.json(
                    try page.report(),
                    [.position: "\(asKnown ?? answers.log.head)", .epoch: "\(DataFolder.epoch)"], for: call.request)
            }
        }
    }

    /// A customer's rows of one view: of its first part that can be asked about one customer; or the timeline.
    func rows(_ call: Call) async throws -> Response {
        let (alias, name) = (try call.path("alias"), try call.path("view"))
        let part = call.workspace.parts.first { part in
            part.options.contains { $0.name == "customer" } && (part.view == name || part.name == name)
        }
        guard let part else { throw Problem(.notFound, "no view or part \(name) is about one customer") }
        var question = Question(view: part.view, part: part.name)
        question.customer = alias
        return try await views.rows(call, question)
    }
}
