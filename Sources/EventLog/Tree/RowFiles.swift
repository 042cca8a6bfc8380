import Digests
import Glibc
import Transparency

/// The rows of the tree as files: `tree/0` holds the hashes of the leaves, `tree/1` those of the full tiles below, and so on, 32
/// bytes each; `tree/size` says how many leaves there are, and the root.
final class RowFiles: TileRows {
    private let path: String
    private var descriptors: [Int: Int32] = [:]

    /// - Parameter path: of the folder `tree`.
    init(_ path: String) { self.path = path }

    deinit { for descriptor in descriptors.values { close(descriptor) } }

    /// What `size` says: how many leaves were synced, and the root over them; nil where there is no tree.
    static func mark(_ path: String) throws(LogError) -> (size: UInt64, root: Digest256)? {
        guard let bytes = readFile(path + "/size") else {
            if errno == ENOENT { return nil }
            throw .folder("cannot read \(path)/size: \(systemMessage())")
        }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count == 3, lines[2].isEmpty, let size = UInt64(lines[0]), size < 1 << 62,
            let root = Digest256(String(lines[1]))
        else { throw .treeDiffers("the file tree/size is damaged") }
        return (size, root)
    }

    func row(_ level: Int, _ range: Range<UInt64>) throws -> [Digest256] {
        let byteCount = Int(range.upperBound - range.lowerBound) * Digest256.byteCount
        var bytes = [UInt8](repeating: 0, count: byteCount)
        let count = pread(try descriptor(level), &bytes, byteCount, Self.offset(range.lowerBound))
        guard count == byteCount else { throw LogError.treeDiffers("the file tree/\(level) is too short") }
        return stride(from: 0, to: byteCount, by: Digest256.byteCount).map { at in
            Digest256(bytes: bytes.span.bytes.extracting(at..<at + Digest256.byteCount))!
        }
    }

    /// Writes hashes behind those of a row.
    func append(_ bytes: [UInt8], to level: Int, at index: UInt64) throws(LogError) {
        let descriptor = try descriptor(level, isNew: index == 0)
        var done = 0
        while done < bytes.count {
            let rest = Array(bytes[done...])
            let count = pwrite(descriptor, rest, rest.count, Self.offset(index) + off_t(done))
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw .folder("cannot write \(path)/\(level): \(systemMessage())") }
            done += count
        }
        guard fdatasync(descriptor) == 0 else { throw .folder("cannot sync \(path)/\(level): \(systemMessage())") }
    }

    /// Drops what lies behind so many hashes of a row.
    func cut(_ level: Int, to count: UInt64) throws(LogError) {
        guard access("\(path)/\(level)", F_OK) == 0 else { return }
        guard ftruncate(try descriptor(level), Self.offset(count)) == 0 else {
            throw .folder("cannot cut \(path)/\(level): \(systemMessage())")
        }
    }

    private static func offset(_ index: UInt64) -> off_t { off_t(index) * off_t(Digest256.byteCount) }

    private func descriptor(_ level: Int, isNew: Bool = false) throws(LogError) -> Int32 {
        if let known = descriptors[level] { return known }
        // Who only reads may not be allowed to write.
        var descriptor = open("\(path)/\(level)", O_RDWR | (isNew ? O_CREAT : 0) | O_CLOEXEC, 0o600)
        if descriptor < 0 { descriptor = open("\(path)/\(level)", O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else { throw .folder("cannot open \(path)/\(level): \(systemMessage())") }
        descriptors[level] = descriptor
        return descriptor
    }
}
