import HTTPTypes
import Hummingbird
import Wayfold

/// Builds the router from the table of endpoints: every path answers every method, those that it does not have with 405.
enum ServiceRouter {
    private static let methods: [HTTPRequest.Method] = [
        .get, .head, .post, .put, .patch, .delete, .options, .trace, .init("QUERY")!,
    ]

    static func make(
        _ endpoints: [Endpoint], gate: AccessGate, metrics: ServiceMetrics
    ) -> Router<ServiceContext> {
        let router = Router(context: ServiceContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: RequestRecord(metrics: metrics))
        router.add(middleware: ProblemResponses())
        for endpoint in endpoints {
            router.on(RouterPath(endpoint.path), method: endpoint.method) { request, context in
                try await answer(endpoint, request, context, gate)
            }
        }
        for (path, known) in Dictionary(grouping: endpoints, by: \.path) {
            var allowed = known.map(\.method)
            if allowed.contains(.get) { allowed.append(.head) }
            let list = allowed.map(\.rawValue).joined(separator: ", ")
            for method in methods where !allowed.contains(method) {
                router.on(RouterPath(path), method: method) { _, _ -> Response in
                    var problem = Problem(.methodNotAllowed, "this path takes \(list)")
                    problem.headers[.allow] = list
                    throw problem
                }
            }
        }
        return router
    }

    private static func answer(
        _ endpoint: Endpoint, _ request: Request, _ context: ServiceContext, _ gate: AccessGate
    ) async throws -> Response {
        let parameters = try QueryParameters(request.uri.query)
        guard let scope = endpoint.scope else {
            return try await endpoint.handler(
                Call(request: request, context: context, caller: nil, parameters: parameters))
        }
        let head = request.head
        var request = request
        var key: String?
        if let keyInBody = endpoint.keyInBody, head.headerFields[.authorization] == nil, try !gate.isOpen {
            key = try await keyInBody(&request)
        }
        let caller = try await gate.caller(head.headerFields, authority: head.authority, key: key)
        context.record.note(caller, isPersonal: endpoint.isPersonal)
        try caller.require(scope)
        let call = Call(request: request, context: context, caller: caller, parameters: parameters) { [key] in
            let caller = try? await gate.caller(head.headerFields, authority: head.authority, key: key)
            return caller?.scopes.contains(scope) ?? false
        }
        return try await endpoint.handler(call)
    }
}
