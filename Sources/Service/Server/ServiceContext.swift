import Hummingbird
import NIOCore

/// What belongs to one request while it is answered.
struct ServiceContext: RequestContext {
    var coreContext: CoreRequestContextStorage

    init(source: ApplicationRequestContextSource) { coreContext = CoreRequestContextStorage(source: source) }
}

/// A request of somebody who may make it.
struct Call: Sendable {
    let request: Request
    let context: ServiceContext
    private let knownCaller: Caller?
    let parameters: QueryParameters
    /// Whether the caller could make the same request now, for answers that go on for long.
    let isStillAllowed: @Sendable () async -> Bool

    /// - Parameter caller: nil where anybody may ask.
    init(
        request: Request, context: ServiceContext, caller: Caller?, parameters: QueryParameters,
        isStillAllowed: @escaping @Sendable () async -> Bool = { true }
    ) {
        self.isStillAllowed = isStillAllowed
        self.request = request
        self.context = context
        knownCaller = caller
        self.parameters = parameters
    }

    /// Who asks; an endpoint that anybody may ask has none, and never looks.
    var caller: Caller {
        guard let knownCaller else { preconditionFailure("an endpoint without a scope has no caller") }
        return knownCaller
    }
    var workspace: Workspace { caller.workspace }

    /// A part of the path, decoded.
    func path(_ name: String) throws(Problem) -> String {
        guard let raw = context.parameters.get(name), let text = QueryParameters.decoded(raw, plusIsSpace: false) else {
            throw Problem(.notFound, "the path is not UTF-8")
        }
        return text
    }
}
