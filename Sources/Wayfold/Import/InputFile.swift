import Glibc
import Ingest
import Projections

/// The bytes of a file or of standard input, inflated where they are gzip, chunk by chunk.
final class InputFile {
    static let chunkByteCount = 1 << 20
    /// Compressed bytes that are inflated at once; they become at most about a thousand times as many.
    static let inflatedByteCount = 1 << 14

    /// The file's name for messages; `-` is standard input.
    let name: String
    /// Bytes of the file as it lies on disk; 0 where that is not known.
    let byteCount: Int
    /// Bytes read so far, as they lie on disk.
    private(set) var bytesRead = 0

    private let descriptor: CInt

    init(_ name: String) throws {
        self.name = name
        descriptor = name == "-" ? 0 : open(name, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError(path: name, code: errno) }
        var status = stat()
        byteCount = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : 0
    }

    deinit { if descriptor > 0 { close(descriptor) } }

    /// Calls `take` with each chunk, inflated. At most 16 MiB are inflated at once, of any file. Throws `FileError`, `InflateError`, and what `take` throws.
    func forEachChunk(_ take: ([UInt8]) async throws -> Void) async throws {
        guard var chunk = try next() else { return }
        guard Inflater.isGzip(chunk) else {
            while true {
                try await take(chunk)
                guard let more = try next() else { return }
                chunk = more
            }
        }
        var inflater = Inflater()
        while true {
            for start in stride(from: 0, to: chunk.count, by: Self.inflatedByteCount) {
                let part = Array(chunk[start..<min(start + Self.inflatedByteCount, chunk.count)])
                var inflated: [[UInt8]] = []
                try inflater.push(part) { inflated.append($0) }
                for piece in inflated { try await take(piece) }
            }
            guard let more = try next() else { return try inflater.finish() }
            chunk = more
        }
    }

    private func next() throws -> [UInt8]? {
        let chunk = try [UInt8](unsafeUninitializedCapacity: Self.chunkByteCount) { buffer, count in
            var result = read(descriptor, buffer.baseAddress, buffer.count)
            while result < 0 && errno == EINTR { result = read(descriptor, buffer.baseAddress, buffer.count) }
            guard result >= 0 else { throw FileError(path: name, code: errno) }
            count = result
        }
        bytesRead += chunk.count
        return chunk.isEmpty ? nil : chunk
    }
}
