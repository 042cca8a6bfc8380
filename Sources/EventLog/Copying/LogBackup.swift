import Digests
import Glibc
public import Touchpoints
public import Transparency

/// A log in a folder of its own, from which a data folder can be restored.
///
/// ```
/// DEST/
///   format    "wayfold backup 1\n"
///   secret    the data folder's: without it nobody could tell what was sent before
///   epoch     the life of the log that was copied last
///   log/      the blocks and personal values, as in the data folder, page behind page
///   lock      flock(2): held by the one who copies
/// ```
/// No keys to the service, nothing that is derived.
public struct LogBackup: Sendable {
    static let format = Array("wayfold backup 1\n".utf8)

    private let folder: DataFolder

    public var path: String { folder.path }
    /// The life of the log that it is a copy of.
    public var epoch: Int { folder.epoch }

    /// What a copy has brought.
    public struct Outcome: Sendable, Equatable {
        /// Up to here, included, the events are in the copy.
        public var position: Position
        /// How many of them are new in it.
        public var events: Int
        /// Bytes of their blocks and personal values.
        public var byteCount: Int
    }

    /// Opens a backup.
    public init(openingAt path: String) throws(LogError) {
        guard readFile(path + "/format") == Self.format else { throw .folder("\(path) is no backup of Wayfold") }
        folder = try DataFolder(path)
    }

    /// Opens a backup of a data folder, or begins one where there is nothing or an empty folder (mode 0700).
    ///
    /// - Throws: `folder` where there is something else, or the backup of another folder.
    public init(of source: DataFolder, at path: String) throws(LogError) {
        if let place = resolved(parentAndName(of: path).folder), let data = resolved(source.path),
            (place + "/").hasPrefix(data + "/")
        {
            throw .folder("\(path) lies in the data folder, with which it would be lost")
        }
        try makeFolder(path)
        if readFile(path + "/format") == nil {
            // What a first run has left that was interrupted before it named the format.
            if let other = try names(in: path).first(where: { !["secret", "secret.new", "format.new"].contains($0) }) {
                throw .folder("\(path) is no backup of Wayfold, and not empty: it holds \(other)")
            }
            try writeFile(source.secret, named: "secret", in: path)
            try writeFile(Self.format, named: "format", in: path)
        }
        try self.init(openingAt: path)
        guard folder.secret == source.secret else { throw .folder("\(path) is a backup of another data folder") }
    }

    /// Brings the backup to the head of the log, which may be appended to meanwhile. O(bytes that are new).
    ///
    /// Every block is held against its digests. Where that is interrupted, the backup is a whole one of a shorter log.
    ///
    /// - Throws: `damaged` where the log is; `folder` where another process copies, or the backup has gone another way.
    public func update(
        from source: DataFolder, progress: (Position, Position) -> Void = { _, _ in }
    ) throws(LogError) -> Outcome {
        guard let lock = try FolderLock(folder) else { throw .folder("\(path) is being written by another process") }
        let outcome = try Self.copy(from: source, to: folder, progress)
        try writeFile(Array("\(source.epoch)\n".utf8), named: "epoch", in: path)
        _ = consume lock
        return outcome
    }

    /// Makes a data folder of the backup; its log begins a new life there.
    ///
    /// The folder is one only when everything is in it: where that is interrupted, the same call goes on.
    ///
    /// - Parameters:
    ///   - path: nothing, or an empty folder.
    ///   - epoch: the new life's number, greater than the one of the backup.
    ///   - heads: how the log stood when somebody signed it: where it is another one, no folder is made.
    public func restore(
        to path: String, epoch: Int, holding heads: [TreeHead] = [],
        progress: (Position, Position) -> Void = { _, _ in }
    ) throws(LogError) -> (folder: DataFolder, outcome: Outcome) {
        precondition(epoch > self.epoch, "a new life has a greater number than the one before")
        try makeFolder(path)
        let names = try names(in: path)
        let isBegun = readFile(path + "/restoring") == folder.secret
        guard names.isEmpty || isBegun && !names.contains("format") else {
            throw .folder("\(path) is not empty: a backup is restored into a folder of its own")
        }
        try writeFile(folder.secret, named: "restoring", in: path)
        try writeFile(folder.secret, named: "secret", in: path)
        try writeFile(Array("\(epoch)\n".utf8), named: "epoch", in: path)
        let target = try DataFolder(path)
        guard let lock = try FolderLock(target) else { throw .folder("\(path) is being restored by another process") }
        let outcome = try Self.copy(from: folder, to: target, progress)
        try hold(target, to: heads)
        try writeFile(DataFolder.format, named: "format", in: path)
        unlink(path + "/restoring")
        _ = consume lock
        return (try DataFolder(openingAt: path), outcome)
    }

    /// Throws `folder` where the log is not the one that was signed.
    private func hold(_ target: DataFolder, to heads: [TreeHead]) throws(LogError) {
        let heads = heads.sorted { $0.size < $1.size }
        guard let last = heads.last else { return }
        let leaves = try LogLeaves(folder: target)
        guard last.size <= leaves.head.rawValue else {
            throw .folder(
                "\(self.path) ends at \(leaves.head), and \(last.size) events were signed: it cannot be held against that"
            )
        }
        let roots: [Digest256]
        do {
            roots = try leaves.roots(ofFirst: heads.map(\.size))
        } catch let error as LogError {
            throw error
        } catch {
            preconditionFailure("no other error is thrown here: \(error)")
        }
        for (head, root) in zip(heads, roots) where head.root != root {
            throw .folder("\(self.path) is not the log that was signed: its first \(head.size) events are others")
        }
    }

    private static func copy(
        from source: DataFolder, to target: DataFolder, _ progress: (Position, Position) -> Void
    ) throws(LogError) -> Outcome {
        let copied: LogCopy.Outcome
        do {
            copied = try LogCopy(from: source, to: target).run(progress: progress)
        } catch .folder(let why) {
            throw .folder("\(target.path): \(why)")
        }
        let (before, head) = copied.positions
        return Outcome(
            position: head, events: Int(head.rawValue - before.rawValue), byteCount: copied.byteCount)
    }
}

/// A path without links; nil where there is nothing.
private func resolved(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
}
