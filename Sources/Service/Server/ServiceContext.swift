import Hummingbird
import NIOCore
import Synchronization

/// What belongs to one request while it is answered.
struct ServiceContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let record = CallRecord()

    init(source: ApplicationRequestContextSource) { coreContext = CoreRequestContextStorage(source: source) }
}

/// Who has made a request, for the log and the counts: known when it is answered.
final class CallRecord: Sendable {
    struct Known: Sendable {
        var workspace: String
        var actor: String
        var isPersonal: Bool
    }

    private let noted = Mutex<Known?>(nil)

    /// Nil where nobody said who it is.
    var known: Known? { noted.withLock { $0 } }

    func note(_ caller: Caller, isPersonal: Bool) {
        noted.withLock {
            $0 = Known(workspace: caller.workspace.name, actor: caller.actor, isPersonal: isPersonal)
        }
    }
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
