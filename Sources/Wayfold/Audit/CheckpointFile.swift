import EventLog
import Glibc
public import Transparency

/// The checkpoints that a log has signed, `checkpoints/signed`: notes one behind the other, an empty line behind each.
///
/// One that was begun and not finished, at a crash, was never shown to anybody, and is dropped.
public final class CheckpointFile {
    private let path: String
    private let descriptor: CInt
    /// Where the next one is written.
    private var end = 0

    /// All of them, in the order in which they were signed.
    public private(set) var checkpoints: [SignedCheckpoint] = []

    /// Reads the file without a lock; none where there is none.
    public static func checkpoints(of folder: DataFolder) throws -> [SignedCheckpoint] {
        let path = folder.checkpointsPath + "/signed"
        return try fileIfThere(path).map { try parse($0, path).checkpoints } ?? []
    }

    /// Opens the file, makes it where there is none, and waits until nobody else has it open so.
    public init(_ folder: DataFolder) throws {
        let parent = folder.checkpointsPath
        try makeFolder(parent)
        path = parent + "/signed"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw AuditError("cannot open \(path): \(systemMessage())") }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw AuditError("cannot lock \(path): \(systemMessage())") }
        }
        (checkpoints, end) = try Self.parse(fileIfThere(path) ?? [], path)
        for folder in [parent, folder.path] { try syncFolder(folder) }
    }

    deinit { close(descriptor) }

    /// Adds one, and returns when it is on the disk: only then may anybody see it.
    public func append(_ checkpoint: SignedCheckpoint) throws {
        let bytes = Array((checkpoint.description + "\n").utf8)
        guard ftruncate(descriptor, off_t(end)) == 0,
            pwrite(descriptor, bytes, bytes.count, off_t(end)) == bytes.count, fsync(descriptor) == 0
        else { throw AuditError("cannot write \(path): \(systemMessage())") }
        end += bytes.count
        checkpoints.append(checkpoint)
    }

    /// The checkpoints, and where the last whole one ends.
    private static func parse(
        _ bytes: [UInt8], _ path: String
    ) throws -> (checkpoints: [SignedCheckpoint], end: Int) {
        var checkpoints: [SignedCheckpoint] = []
        var start = 0
        while let text = emptyLine(bytes, from: start), let signatures = emptyLine(bytes, from: text) {
            let note = String(decoding: bytes[start..<signatures - 1], as: UTF8.self)
            guard let checkpoint = SignedCheckpoint(note) else {
                throw AuditError("\(path) is damaged behind \(checkpoints.count) checkpoints")
            }
            checkpoints.append(checkpoint)
            start = signatures
        }
        return (checkpoints, start)
    }

    /// The offset behind the next empty line.
    private static func emptyLine(_ bytes: [UInt8], from start: Int) -> Int? {
        var at = start
        while at + 1 < bytes.count {
            if bytes[at] == 0x0A && bytes[at + 1] == 0x0A { return at + 2 }
            at += 1
        }
        return nil
    }
}
