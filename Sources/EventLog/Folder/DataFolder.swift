import Digests
import Glibc

/// The folder that holds a log and everything derived from it; drawn in ARCHITECTURE.md, section 3.
public struct DataFolder: Sendable {
    /// The folder's own path.
    public let path: String
    /// 32 bytes: the key of all keyed hashes.
    public let secret: [UInt8]
    /// Which life of the log this is: 1, or since it was restored from a backup the second in which that was.
    ///
    /// Whoever has an acknowledgement of an earlier life behind the position of the restoration must send again.
    public let epoch: Int

    static let format = Array("wayfold 1\n".utf8)

    /// Opens the folder, or makes it (mode 0700) where there is none or an empty one.
    ///
    /// Throws ``LogError/folder(_:)`` for a folder that holds something else or is newer than this program.
    public init(creatingAt path: String) throws(LogError) {
        try makeFolder(path)
        if readFile(path + "/format") == nil { try Self.fill(path) }
        try self.init(openingAt: path)
    }

    /// Opens the folder.
    ///
    /// Throws ``LogError/folder(_:)`` for a folder that is missing, holds something else or is newer than this program.
    public init(openingAt path: String) throws(LogError) {
        guard let format = readFile(path + "/format") else {
            throw .folder("\(path) is no data folder of Wayfold: it has no file named format")
        }
        if format == LogBackup.format {
            throw .folder("\(path) is a backup: `wayfold restore` makes a data folder of it")
        }
        guard format == Self.format else {
            let found = String(decoding: format.prefix(40), as: UTF8.self).split(separator: "\n").first ?? ""
            throw .folder(
                "\(path) has the format \"\(found)\"; this program knows \"wayfold 1\". Use a newer program.")
        }
        try self.init(path)
    }

    /// The folder with its small files, whatever its format.
    init(_ path: String) throws(LogError) {
        guard let secret = readFile(path + "/secret"), secret.count == 32 else {
            throw .folder("the file \(path)/secret is missing or broken: it must be restored from a backup")
        }
        // One path for one folder: this process may open its environments only once.
        guard let resolved = realpath(path, nil) else { throw .folder("cannot find \(path): \(systemMessage())") }
        defer { free(resolved) }
        self.path = String(cString: resolved)
        self.secret = secret
        let text = readFile(path + "/epoch").map { String(decoding: $0, as: UTF8.self) }
        guard let epoch = text.map({ Int($0.dropLast()) }) ?? 1 else {
            throw .folder("the file \(path)/epoch is broken: it holds a number and a line feed")
        }
        self.epoch = epoch
    }

    /// The small files of a folder into which a log is to be brought: all but `format`, so it is no data folder yet.
    ///
    /// Throws ``LogError/folder(_:)`` where there is anything in the folder.
    init(beginningAt path: String, secret: [UInt8], epoch: Int) throws(LogError) {
        try makeFolder(path)
        guard try names(in: path).isEmpty else {
            throw .folder("\(path) is not empty: a log is brought into a folder of its own")
        }
        try writeFile(secret, named: "secret", in: path)
        try writeFile(Array("\(epoch)\n".utf8), named: "epoch", in: path)
        try self.init(path)
    }

    /// Makes the files of a new folder; `format` is the last one, so that an interrupted start is taken up again.
    ///
    /// Under a lock on the folder itself: of two processes that start at once only one may choose the secret.
    private static func fill(_ path: String) throws(LogError) {
        let held = try HeldFolder(path)
        defer { held.isHeldUntilHere() }
        if readFile(path + "/format") != nil { return }
        let mayStand: Set<String> = ["secret", "secret.new", "format.new", "lock"]
        if let other = try names(in: path).first(where: { !mayStand.contains($0) }) {
            throw .folder("\(path) is no data folder of Wayfold, and not empty: it holds \(other)")
        }
        var random = SecureRandom()
        try writeFile(random.bytes(32), named: "secret", in: path)
        try writeFile(format, named: "format", in: path)
    }
}

/// What lies where.
extension DataFolder {
    /// The environment with the log.
    public var logPath: String { path + "/log" }
    /// The environment with the indexes that are derived from the log.
    public var indexPath: String { path + "/index" }
    /// The folder with the hashes of the log's tree.
    public var treePath: String { path + "/tree" }
    /// The folder with the checkpoints that were signed.
    public var checkpointsPath: String { path + "/checkpoints" }
    /// A folder for each view.
    public var viewsPath: String { path + "/views" }
    /// A folder for each view of which past answers are kept.
    public var replaysPath: String { path + "/replays" }
    /// The file that the owner locks.
    public var lockPath: String { path + "/lock" }
    /// The owner's socket.
    public var socketPath: String { path + "/owner.sock" }
}
