import Foundation
import Glibc

/// A connection on which a test says byte by byte what it likes.
final class RawConnection: @unchecked Sendable {
    private let descriptor: CInt

    init(port: Int) throws {
        descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let descriptor = descriptor
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { throw Failed(code: errno) }
    }

    struct Failed: Error { let code: CInt }

    deinit { close(descriptor) }

    /// Sends what can be sent; false where the other side has gone.
    @discardableResult
    func send(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return Glibc.send(descriptor, bytes, bytes.count, CInt(MSG_NOSIGNAL)) == bytes.count
    }

    /// Reads until the other side closes, a text has come or so many seconds have passed.
    func receive(until end: String? = nil, seconds: Double = 60) async throws -> (text: String, isClosed: Bool) {
        let descriptor = descriptor
        return try await withCheckedThrowingContinuation { continuation in
            Thread {
                var bytes: [UInt8] = []
                var chunk = [UInt8](repeating: 0, count: 65_536)
                let deadline = Date().addingTimeInterval(seconds)
                var isClosed = false
                while Date() < deadline {
                    var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                    guard poll(&wait, 1, 50) > 0 else { continue }
                    let count = recv(descriptor, &chunk, chunk.count, 0)
                    if count <= 0 {
                        isClosed = true
                        break
                    }
                    bytes += chunk[..<count]
                    if let end, String(decoding: bytes, as: UTF8.self).contains(end) { break }
                }
                continuation.resume(returning: (String(decoding: bytes, as: UTF8.self), isClosed))
            }.start()
        }
    }
}
