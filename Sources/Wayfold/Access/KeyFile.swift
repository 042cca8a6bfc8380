import Glibc

/// The keys of a folder as one state of its file says, and which file that was.
///
/// The file stays open: so its number is not given to the one that takes its place, and each change is seen.
final class KeyFile: Sendable {
    let keys: [AccessKey]
    private let descriptor: CInt
    private let identity: Identity

    private struct Identity: Equatable {
        var device: UInt
        var number: UInt
        var byteCount: Int
        var seconds: Int
        var nanoseconds: Int

        init(_ status: stat) {
            (device, number, byteCount) = (UInt(status.st_dev), UInt(status.st_ino), Int(status.st_size))
            (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
        }
    }

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
            var status = stat()
            guard fstat(descriptor, &status) == 0 else { throw AccessKeyError("cannot look at \(path)") }
            identity = Identity(status)
            keys = try KeyList.decode(try Self.bytes(of: descriptor, path))
        } catch {
            close(descriptor)
            throw error
        }
    }

    deinit { close(descriptor) }

    /// Whether the path still leads to this file, as it was read. One system call.
    func isNewest(at path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && Identity(status) == identity
    }

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
