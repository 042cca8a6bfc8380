import Glibc

/// Which file it is, and as of when: another one, or a changed one, is not equal.
public struct FileIdentity: Hashable, Sendable {
    private let device: UInt
    private let number: UInt
    private let byteCount: Int
    private let seconds: Int
    private let nanoseconds: Int

    /// The file at a path; nil where there is none. One system call.
    public init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    /// An open file; nil where it cannot be looked at.
    init?(descriptor: CInt) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }

    private init(_ status: stat) {
        (device, number, byteCount) = (UInt(status.st_dev), UInt(status.st_ino), Int(status.st_size))
        (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
    }
}
