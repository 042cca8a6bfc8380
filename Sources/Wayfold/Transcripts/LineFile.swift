import Digests
import Glibc
import Projections

/// A file of a transcript that is read line by line, and digested on the way.
final class LineFile {
    /// A line of an event that is stored has a few times 64 KiB at most.
    private static let maxLineBytes = 1 << 20
    private static let chunkBytes = 1 << 18

    let file: Transcript.File
    /// The number of the line that was read last.
    private(set) var line: UInt64 = 0
    private(set) var byteCount = 0
    private let path: String
    private let descriptor: CInt
    private var hasher = SHA256()
    private var bytes: [UInt8] = []
    private var start = 0

    init(_ file: Transcript.File, in folder: String) throws {
        self.file = file
        path = folder + "/" + file.rawValue
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError(path: path, code: errno) }
    }

    deinit { close(descriptor) }

    /// The next line without its line feed; nil at the end of the file.
    func next() throws -> [UInt8]? {
        var searched = start
        while true {
            if let end = bytes[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { start = end + 1 }
                line += 1
                return Array(bytes[start..<end])
            }
            guard bytes.count - start <= Self.maxLineBytes else {
                throw TranscriptError(file, line: line + 1, "is longer than \(Self.maxLineBytes) bytes")
            }
            bytes.removeFirst(start)
            (start, searched) = (0, bytes.count)
            guard try fill() else {
                guard bytes.isEmpty else {
                    throw TranscriptError(file, line: line + 1, "the file ends within the line")
                }
                return nil
            }
        }
    }

    private func fill() throws -> Bool {
        var chunk = [UInt8](repeating: 0, count: Self.chunkBytes)
        var count = read(descriptor, &chunk, chunk.count)
        while count < 0 && errno == EINTR { count = read(descriptor, &chunk, chunk.count) }
        guard count >= 0 else { throw FileError(path: path, code: errno) }
        chunk.removeLast(chunk.count - count)
        hasher.update(chunk)
        byteCount += count
        bytes += chunk
        return count > 0
    }

    /// Passes over the lines that are left.
    func readToEnd() throws {
        while try fill() { bytes.removeAll(keepingCapacity: true) }
        start = 0
    }

    /// The SHA-256 of the file, which was read to its end. Once.
    func digest() -> Digest256 { hasher.finish() }
}
