import Glibc

/// The keys of a folder as one state of its file says, and which file that was.
///
/// The file stays open: so its number is not given to the one that takes its place, and each change is seen.
final class KeyFile: Sendable {
    let keys: [AccessKey]
    private let descriptor: CInt
    private let identity: FileIdentity

    /// More than any list of keys takes.
    private static let byteCountMax = 64 << 20

    /// Reads the file; nil where there is none.
    init?(path: String) throws(AccessKeyError) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0 {
            if errno == ENOENT { return nil }
            throw AccessKeyError("cannot open \(path): \(String(cString: strerror(errno)))")
        }
        do throws(AccessKeyError) {
            guard let identity = FileIdentity(descriptor: descriptor) else {
                throw AccessKeyError("cannot look at \(path)")
            }
            self.identity = identity
            keys = try KeyList.decode(try Self.bytes(of: descriptor, path))
        } catch {
            close(descriptor)
            throw error
        }
    }

    deinit { close(descriptor) }

    /// Whether the path still leads to this file, as it was read. One system call.
    func isNewest(at path: String) -> Bool { FileIdentity(path: path) == identity }

    private static func bytes(of descriptor: CInt, _ path: String) throws(AccessKeyError) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw AccessKeyError("cannot read \(path): \(String(cString: strerror(errno)))") }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
            guard bytes.count <= byteCountMax else { throw AccessKeyError("\(path) is too long for a list of keys") }
        }
    }
}
