import EventLog
import LMDB
import Touchpoints

/// Replays.
extension ViewAnswers {
    /// A view folded from the start of the log up to a standpoint: a kept one, or one that is made now and kept where
    /// the folder can be written.
    func replay<P: Projector>(_: P.Type, at standpoint: Standpoint) throws -> ViewFold<P> {
        if !isFresh, !isSupposed {
            if let kept: ViewFold<P> = try kept(at: standpoint) { return kept }
            if let made: ViewFold<P> = try made(at: standpoint) { return made }
        }
        return try folded(P.self, at: standpoint).fold
    }

    /// A kept replay, read into memory; nil where there is none that is whole. O(view).
    private func kept<P: Projector>(at standpoint: Standpoint) throws -> ViewFold<P>? {
        let shelf = ReplayShelf(of: P.self, in: folder)
        let path = shelf.path(of: standpoint, P.self)
        guard FileTools.exists(path) else { return nil }
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
        let shelf = ReplayShelf(of: P.self, in: folder)
        return try orUnwritten {
            let workplace = try ReplayShelf.Workplace(in: shelf)
            let replay = try Generation<P>(
                replayingAt: workplace.path, log: log, policies: policies(of: P.self, at: standpoint.position),
                standpoint: standpoint, traps: traps(of: P.self), tuning: tuning)
            defer { replay.close() }
            while try replay.foldBatch(through: standpoint.position) {
                if replay.dirtyBytes > replay.tuning.saveBytes { try replay.save() }
                replaying(P.name, replay.fold.checkpoint, standpoint.position)
            }
            try replay.save()
            try replay.loadAll()
            try FileTools.write("\(replay.fold.digest())\n", to: workplace.path + "/digest")
            try shelf.place(workplace, as: shelf.path(of: standpoint, P.self))
            return replay.fold
        }
    }

    /// Keeps a view as it stands in memory, so that the next question about what changed since needs no replay. O(view).
    func keep<P: Projector>(_ view: Generation<P>) throws {
        guard !isFresh, !isSupposed else { return }
        let shelf = ReplayShelf(of: P.self, in: folder)
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

    /// How many replays of a view are kept.
    public func keptReplayCount(of view: String) throws -> Int {
        func count<P: Projector>(_: P.Type) -> Int { ReplayShelf(of: P.self, in: folder).names().count }
        return count(try catalogue.projector(named: view))
    }

    /// Runs `body`; nil where the system refuses to write what it makes: no answer needs that.
    private func orUnwritten<R>(_ body: () throws -> R?) throws -> R? {
        do { return try body() } catch is FileError { return nil } catch is LMDBError { return nil }
    }
}
