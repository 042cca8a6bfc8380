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
    private var isAtStart = true
    /// Nil where the file is not gzip.
    private var inflater: Inflater?
    /// What was read and is not inflated yet.
    private var compressed: ArraySlice<UInt8> = []
    /// What was inflated and not handed out yet; at most some hundred pieces.
    private var inflated: ArraySlice<[UInt8]> = []

    init(_ name: String) throws {
        self.name = name
        descriptor = name == "-" ? 0 : open(name, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError(path: name, code: errno) }
        var status = stat()
        byteCount = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : 0
    }

    deinit { if descriptor > 0 { close(descriptor) } }

    /// The next bytes, inflated; nil at the end. At most 16 MiB are inflated at once, of any file. Throws `FileError` and `InflateError`.
    func next() throws -> [UInt8]? {
        while inflated.isEmpty {
            if compressed.isEmpty {
                guard let chunk = try read() else {
                    try inflater?.finish()
                    return nil
                }
                if isAtStart && Inflater.isGzip(chunk) { inflater = Inflater() }
                isAtStart = false
                if inflater == nil { return chunk }
                compressed = chunk[...]
            }
            let part = Array(compressed.prefix(Self.inflatedByteCount))
            compressed = compressed.dropFirst(part.count)
            try inflater!.push(part) { inflated.append($0) }
        }
        return inflated.removeFirst()
    }

    private func read() throws -> [UInt8]? {
        let chunk = try [UInt8](unsafeUninitializedCapacity: Self.chunkByteCount) { buffer, count in
            var result = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            while result < 0 && errno == EINTR { result = Glibc.read(descriptor, buffer.baseAddress, buffer.count) }
            guard result >= 0 else { throw FileError(path: name, code: errno) }
            count = result
        }
        bytesRead += chunk.count
        return chunk.isEmpty ? nil : chunk
    }
}
