import EventLog
public import Touchpoints

/// How a view stands on disk, without folding what lies behind its checkpoint.
public struct ViewStatus: Sendable {
    public let view: String
    /// The live generation; 0 where the file that names it is damaged.
    public let generation: Int
    /// The live generation cannot be read: queries fold the log in memory, and the next owner makes a new one.
    public let isDamaged: Bool
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
    /// The number of a view's live generation; 0 where there is none. Reads a small file, but for a view that was asked.
    public func liveGeneration(of view: String) throws(QueryError) -> Int {
        if isNewest, let generation = generationOpen(of: view) { return generation }
        return ViewFolder(path: folder.viewsPath + "/" + (try catalogue.projector(named: view)).name).current() ?? 0
    }

    /// How a view stands; nil when it was never folded. O(customers set aside).
    public func status(of view: String) throws -> ViewStatus? {
        func status<P: Projector>(_: P.Type) throws -> ViewStatus? {
            let folder = folder(of: P.self)
            guard let number = folder.current() else {
                return folder.isCurrentDamaged ? ViewStatus(damaged: P.name, generation: 0) : nil
            }
            guard FileTools.exists(folder.path(of: number) + "/data.mdb") else { return nil }
            let status = try ViewDamage.orNil {
                let store = try ViewStore(path: folder.path(of: number), readsOnly: true)
                defer { store.close() }
                guard let about = try store.loadAbout() else { throw StateError("a generation that says nothing") }
                let isBehind =
                    P.order == .occurred && history.latest.map { $0.text(readBy: P.self) != about.policyText } ?? false
                return ViewStatus(
                    view: P.name, generation: number, isDamaged: false, isStale: about.version != P.version,
                    isBehindPolicy: isBehind, checkpoint: about.checkpoint, policy: about.policyPosition,
                    setAside: try store.loadSetAside().values.sorted { $0.customer < $1.customer })
            }
            return status ?? ViewStatus(damaged: P.name, generation: number)
        }
        return try status(catalogue.projector(named: view))
    }
}

extension ViewStatus {
    /// A view of whose live generation nothing is known.
    fileprivate init(damaged view: String, generation: Int) {
        self.init(
            view: view, generation: generation, isDamaged: true, isStale: false, isBehindPolicy: false,
            checkpoint: .start, policy: .start, setAside: [])
    }
}
