public import Digests
import EventLog
import LMDB
import Touchpoints

/// Replays.
extension ViewAnswers {
    /// A view folded from the start of the log up to a standpoint: a kept one, or one that is made now and kept where
    /// the folder can be written.
    func replay<P: Projector>(_: P.Type, at standpoint: Standpoint) throws -> ViewFold<P> {
        if shelfPath != nil {
            if let kept: ViewFold<P> = try kept(at: standpoint) { return kept }
            if let made: ViewFold<P> = try made(at: standpoint) { return made }
        }
        return try folded(P.self, at: standpoint).fold
    }

    /// A kept replay, read into memory; nil where there is none that is whole. O(view).
    private func kept<P: Projector>(at standpoint: Standpoint) throws -> ViewFold<P>? {
        guard let shelf = shelf(of: P.self), case let path = shelf.path(of: standpoint, P.self), FileTools.exists(path)
        else { return nil }
        do {
            let digest = try String(contentsOfSmallFile: path + "/digest")
            let replay = try Generation<P>(
                readingAt: path, number: 0, log: log, policies: policies(of: P.self, at: standpoint.position),
                standpoint: standpoint)
            defer { replay.close() }
            try replay.loadAll()
            if replay.fold.checkpoint == standpoint.position, try replay.fold.traps == traps(of: P.self),
                try "\(replay.fold.digest())" == digest.trimmingNewline
            {
                shelf.noteUse(of: path)
                return replay.fold
            }
            shelf.remove(path)
            return nil
        } catch {
            shelf.remove(path)
            return nil
        }
    }

    /// Makes a replay and keeps it; nil where the folder cannot be written.
    private func made<P: Projector>(at standpoint: Standpoint) throws -> ViewFold<P>? {
        guard let shelf = shelf(of: P.self) else { return nil }
        return try orUnwritten { try make(at: standpoint, on: shelf, in: ReplayShelf.Workplace(in: shelf)) }
    }

    /// Folds a view in a workplace, from where that stands, and gives it its place on the shelf.
    private func make<P: Projector>(
        at standpoint: Standpoint, on shelf: ReplayShelf, in workplace: consuming ReplayShelf.Workplace
    ) throws -> ViewFold<P> {
        let replay = try Generation<P>(
            replayingAt: workplace.path, log: log, policies: policies(of: P.self, at: standpoint.position),
            standpoint: standpoint, traps: traps(of: P.self), tuning: tuning)
        defer { replay.close() }
        replay.fold.progress = { [replaying] in replaying(P.name, $0, standpoint.position) }
        var lastSave = ContinuousClock.now
        while try replay.foldBatch(through: standpoint.position) {
            if replay.dirtyBytes > replay.tuning.saveBytes || ContinuousClock.now - lastSave > FoldEngine.saveInterval {
                try replay.save()
                lastSave = ContinuousClock.now
            }
            replaying(P.name, replay.fold.checkpoint, standpoint.position)
        }
        replay.fold.progress = nil
        try replay.save()
        try replay.loadAll()
        try FileTools.write("\(replay.fold.digest())\n", to: workplace.path + "/digest")
        try shelf.place(workplace, as: shelf.path(of: standpoint, P.self))
        return replay.fold
    }

    /// Keeps a view as it stands in memory, so that the next question about what changed since needs no replay. O(view).
    func keep<P: Projector>(_ view: Generation<P>) throws {
        guard let shelf = shelf(of: P.self) else { return }
        let path = shelf.path(of: Standpoint(position: view.fold.checkpoint), P.self)
        guard !FileTools.exists(path) else { return shelf.noteUse(of: path) }
        let done: Void? = try orUnwritten {
            let workplace = try ReplayShelf.Workplace(in: shelf)
            try view.write(to: workplace.path)
            try FileTools.write("\(view.fold.digest())\n", to: workplace.path + "/digest")
            try shelf.place(workplace, as: path)
        }
        _ = done
    }

    private func shelf<P: Projector>(of _: P.Type) -> ReplayShelf? {
        shelfPath.map { path in
            ReplayShelf(of: P.self, in: path, pinned: scenario.map { Standpoint(position: $0.position) })
        }
    }

    /// How many replays of a view are kept.
    public func keptReplayCount(of view: String) throws -> Int {
        func count<P: Projector>(_: P.Type) -> Int { shelf(of: P.self)?.names().count ?? 0 }
        return count(try catalogue.projector(named: view))
    }

    /// Runs `body`; nil where the system refuses to write what it makes: no answer needs that.
    private func orUnwritten<R>(_ body: () throws -> R?) throws -> R? {
        do { return try body() } catch is FileError { return nil } catch is LMDBError { return nil }
    }
}

/// How a view of a scenario came to be.
public struct ReplayOutcome: Sendable, Equatable {
    public let view: String
    public let version: Int
    /// SHA-256 over its states and totals.
    public let digest: Digest256
    /// Customers that contribute nothing, since their fold fails.
    public let setAside: Int
}

extension ViewAnswers {
    /// Folds a view of a scenario and keeps it; one that is kept already is read through. What an interrupted call has left
    /// is gone on with: only one process at a time may call this for a folder.
    ///
    /// O(events up to the position), and O(view). Answers that keep nothing trap.
    ///
    /// - Throws: ``FileError`` and `LMDBError` where the folder cannot be written.
    public func makeReplay(of view: String) throws -> ReplayOutcome {
        func make<P: Projector>(_: P.Type) throws -> ReplayOutcome {
            guard let scenario, let shelf = shelf(of: P.self) else {
                preconditionFailure("only what is answered about a scenario that is kept can be made")
            }
            let fold: ViewFold<P> = try goneOn(to: standpoint(scenario.position), on: shelf)
            return ReplayOutcome(
                view: P.name, version: P.version, digest: try fold.digest(), setAside: fold.setAside.count)
        }
        return try make(catalogue.projector(named: view))
    }

    private func goneOn<P: Projector>(to standpoint: Standpoint, on shelf: ReplayShelf) throws -> ViewFold<P> {
        if let kept: ViewFold<P> = try kept(at: standpoint) { return kept }
        func make() throws -> ViewFold<P> {
            try self.make(
                at: standpoint, on: shelf,
                in: ReplayShelf.Workplace(in: shelf, goingOnWith: standpoint, P.self))
        }
        if let made = try ViewDamage.orNil(make) { return made }
        // What was left half-way is damaged: from the start, where there is nothing to find damaged.
        try ReplayShelf.Workplace(in: shelf, goingOnWith: standpoint, P.self).empty()
        return try make()
    }
}
