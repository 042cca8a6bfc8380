import Dispatch
import Glibc
import Projections

/// A connection over a Unix socket that carries frames: 4 bytes of length, little-endian, and that many bytes.
///
/// Blocking, but for ``exchange(_:)``; one thread reads and one writes. Closed with the value.
final class FramedSocket: Sendable {
    /// The longest frame that is taken; an import's batches are far below.
    static let maxFrameByteCount = 64 << 20

    private let descriptor: CInt
    /// Where exchanges wait for each other, and for the other side.
    private let exchanges = DispatchQueue(label: "wayfold.exchange")

    init(descriptor: CInt) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// Connects to a socket; nil when nobody listens there.
    static func connect(to path: String) throws -> FramedSocket? {
        let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw FileError(path: path, code: errno) }
        let result = try withSocketAddress(path) { Glibc.connect(descriptor, $0, $1) }
        if result == 0 { return FramedSocket(descriptor: descriptor) }
        close(descriptor)
        return nil
    }

    /// Sends a frame and receives the one that answers it, behind all exchanges that were begun before; nil when the other
    /// side has gone.
    func exchange(_ bytes: [UInt8]) async -> [UInt8]? {
        await withCheckedContinuation { continuation in
            exchanges.async { continuation.resume(returning: self.send(bytes) ? self.receive() : nil) }
        }
    }

    /// Sends one frame; false when the other side has gone.
    func send(_ bytes: [UInt8]) -> Bool {
        var frame = (0..<4).map { UInt8(truncatingIfNeeded: bytes.count >> ($0 * 8)) }
        frame += bytes
        var sent = 0
        while sent < frame.count {
            let count = frame[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// Receives one frame; nil when the other side has gone.
    func receive() -> [UInt8]? {
        guard let head = receive(4) else { return nil }
        let count = head.enumerated().reduce(0) { $0 | Int($1.element) << ($1.offset * 8) }
        guard count <= Self.maxFrameByteCount else { return nil }
        return receive(count)
    }

    private func receive(_ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var received = 0
        while received < count {
            let part = bytes[received...].withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
            if part < 0 && errno == EINTR { continue }
            guard part > 0 else { return nil }
            received += part
        }
        return bytes
    }

    /// Hangs up on another side that does not take a frame for so long.
    func limitSending(seconds: Int) {
        var limit = timeval(tv_sec: seconds, tv_usec: 0)
        _ = setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    /// No more is read; a thread that waits in ``receive()`` gets nil.
    func stopReading() { shutdown(descriptor, CInt(SHUT_RD)) }
}

/// Calls `body` with the address of a Unix socket; a path beyond 107 bytes is reached through its folder's descriptor.
func withSocketAddress(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> CInt) throws -> CInt {
    var short = path
    var folder: CInt = -1
    defer { if folder >= 0 { close(folder) } }
    if path.utf8.count > 100, let slash = path.lastIndex(of: "/") {
        folder = open(String(path[..<slash]), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw FileError(path: path, code: errno) }
        short = "/proc/self/fd/\(folder)" + path[slash...]
    }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(short.utf8)
    guard bytes.count < 108 else { throw FileError(path: path, code: ENAMETOOLONG) }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    return withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
    }
}
