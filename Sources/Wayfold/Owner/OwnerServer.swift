import Dispatch
import Foundation
import Glibc
import Projections
import Synchronization

/// Listens on the owner's socket: other processes that write hand their work to this one.
///
/// A thread per connection; requests of one connection are answered in their order. Stopping answers what has been
/// received and then hangs up, so that a client knows: what has no answer was not taken.
final class OwnerServer: Sendable {
    typealias Handler = @Sendable (OwnerRequest) async -> OwnerReply

    private struct State {
        var connections: [ObjectIdentifier: FramedSocket] = [:]
        var isStopping = false
    }

    private static let patienceSeconds = 30

    private static let isAnotherVersion = OwnerReply.failed(
        OwnerFailure("the owner of the folder is another version of wayfold"))

    private let path: String
    private let listener: CInt
    private let handler: Handler
    private let state = Mutex(State())
    private let running = DispatchGroup()

    init(path: String, handler: @escaping Handler) throws {
        self.path = path
        self.handler = handler
        unlink(path)
        listener = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        guard listener >= 0 else { throw FileError(path: path, code: errno) }
        let descriptor = listener
        guard try withSocketAddress(path, { bind(descriptor, $0, $1) }) == 0, chmod(path, 0o600) == 0,
            listen(listener, 64) == 0
        else { throw FileError(path: path, code: errno) }
        Self.startThread { [self] in acceptConnections() }
    }

    private func acceptConnections() {
        while true {
            let descriptor = accept(listener, nil, nil)
            if descriptor < 0 && (errno == EINTR || errno == ECONNABORTED) { continue }
            if descriptor < 0 {
                if state.withLock({ $0.isStopping }) { return }
                usleep(50_000)  // out of descriptors or memory: others may give some back
                continue
            }
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            let connection = FramedSocket(descriptor: descriptor)
            // One who is stopped, by Ctrl-Z or for good, must not keep this owner from ending.
            connection.limitSending(seconds: Self.patienceSeconds)
            let isTaken = state.withLock { state in
                if state.isStopping { return false }
                state.connections[ObjectIdentifier(connection)] = connection
                return true
            }
            guard isTaken else { return }
            running.enter()
            Self.startThread { [self] in
                serve(connection)
                _ = state.withLock { $0.connections.removeValue(forKey: ObjectIdentifier(connection)) }
                running.leave()
            }
        }
    }

    private func serve(_ connection: FramedSocket) {
        while let bytes = connection.receive() {
            guard bytes.first == OwnerRequest.version else {
                _ = connection.send(Self.isAnotherVersion.encode())
                return
            }
            let reply = Self.waiting { [handler] in
                do { return await handler(try OwnerRequest(Array(bytes.dropFirst()))) } catch {
                    return OwnerReply.failed(OwnerFailure("\(error)"))
                }
            }
            guard connection.send(reply.encode()) else { return }
        }
    }

    /// Takes no more requests, answers those that were received, and removes the socket.
    func stop() {
        let open = state.withLock { state in
            state.isStopping = true
            return Array(state.connections.values)
        }
        unlink(path)
        shutdown(listener, CInt(SHUT_RDWR))
        close(listener)
        for connection in open { connection.stopReading() }
        running.wait()
    }

    /// Runs asynchronous work from a plain thread and waits for it.
    private static func waiting(_ work: @escaping @Sendable () async -> OwnerReply) -> OwnerReply {
        let done = DispatchSemaphore(value: 0)
        let result = Mutex<OwnerReply?>(nil)
        Task {
            let reply = await work()
            result.withLock { $0 = reply }
            done.signal()
        }
        done.wait()
        return result.withLock { $0! }
    }

    /// A thread of its own, since it blocks: the pool of the concurrency runtime must not.
    private static func startThread(_ body: @escaping @Sendable () -> Void) {
        let thread = Thread(block: body)
        thread.start()
    }
}
