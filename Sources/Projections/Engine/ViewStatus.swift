import EventLog
public import Touchpoints

/// How a view stands on disk, without folding what lies behind its checkpoint.
public struct ViewStatus: Sendable {
    public let view: String
    /// The live generation.
    public let generation: Int
    /// Another version of the view made it, older or newer than the program's.
    public let isStale: Bool
    /// The policy has changed in what the view reads, and the view has not been rebuilt yet.
    public let isBehindPolicy: Bool
    /// The position up to which it is folded and written back.
    public let checkpoint: Position
    /// The position of the policy that it is folded under.
    public let policy: Position
    /// The customers that contribute nothing, in the order of their numbers.
    public let setAside: [SetAside]
}

extension ViewAnswers {
    /// How a view stands; nil when it was never folded. O(customers set aside).
    public func status(of view: String) throws -> ViewStatus? {
        func status<P: Projector>(_: P.Type) throws -> ViewStatus? {
            let folder = ViewFolder(path: folder.viewsPath + "/" + P.name)
            guard let number = try folder.current(), FileTools.exists(folder.path(of: number) + "/data.mdb") else {
                return nil
            }
            let store = try ViewStore(path: folder.path(of: number), readsOnly: true)
            defer { store.close() }
            guard let about = try store.loadAbout() else { return nil }
            let isBehind =
                P.order == .occurred && history.latest.map { $0.text(readBy: P.self) != about.policyText } ?? false
            return ViewStatus(
                view: P.name, generation: number, isStale: about.version != P.version, isBehindPolicy: isBehind,
                checkpoint: about.checkpoint, policy: about.policyPosition,
                setAside: try store.loadSetAside().values.sorted { $0.customer < $1.customer })
        }
        return try status(catalogue.projector(named: view))
    }
}
