import Hummingbird
import Projections
import Wayfold

/// `GET /v1/customers/{alias}/explain`: the events and rules behind a customer's figures, as the command `explain` gives them.
struct ExplainRoute: Sendable {
    let views: ViewsRoute

    private static let view = "view"

    func get(_ call: Call) async throws -> Response {
        let alias = try call.path("alias")
        // A later page is asked for by its cursor alone.
        let view = try call.parameters[Self.view] ?? ""
        guard try !view.isEmpty || call.parameters["cursor"] != nil else {
            throw Problem(.badRequest, "the figures of which view?").about(Self.view)
        }
        var question = Question(view: view, part: "explanation")
        question.customer = alias
        // All other parameters are those of a list of rows.
        let others = (call.request.uri.query ?? "").split(separator: "&").filter { !$0.hasPrefix(Self.view + "=") }
        let rest = Call(
            request: call.request, context: call.context, caller: call.caller,
            parameters: try QueryParameters(others.joined(separator: "&")), isStillAllowed: call.isStillAllowed)
        return try await views.rows(rest, question)
    }
}
