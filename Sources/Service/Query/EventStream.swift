import EventLog
import HTTPTypes
import Hummingbird
import NIOCore
import Projections
import ServiceLifecycle
import Synchronization
import Touchpoints
import Wayfold

/// Events as Server-Sent Events (WHATWG HTML, 9.2): from a position on to the head, then as they come.
///
/// Each has its position as its id, so that a reader that comes back with `Last-Event-ID` goes on where it was. What is
/// read ahead is one page; a reader that does not take it is let go by the connection's guard.
struct EventStream: Sendable {
    /// Events that are read in one go.
    private static let pageCount = 100
    private static let pageByteCount = 256 << 10
    private static let pause = Duration.milliseconds(100)
    /// A key that was revoked or has expired is seen after so long, where no event comes.
    private static let checkPause = Duration.seconds(1)
    /// A line of comment keeps proxies from closing a stream on which nothing happens; the id beside it, which is no
    /// event, says to whoever comes back how far was looked.
    private static let beat = Duration.seconds(15)

    let pool: QueryPool
    let room: StreamRoom

    func respond(to call: Call, _ selection: EventSelection) async throws -> Response {
        var selection = selection
        if let text = call.request.headers[.lastEventID] {
            guard let number = UInt64(text) else {
                throw Problem(.badRequest, "Last-Event-ID is \(text), which is no position")
            }
            selection.after = Position(number)
        }
        if let head = await call.workspace.session.head, selection.after > head {
            // Of a log that was there before this one; else nothing would come, for long.
            throw Problem(.behind, "the log stands at \(head), before \(selection.after)")
        }
        selection.limit = Self.pageCount
        selection.byteLimit = Self.pageByteCount
        let place = try room.enter()
        let workspace = call.workspace
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/event-stream", .cacheControl: "no-store", .epoch: "\(workspace.folder.epoch)",
            ],
            body: ResponseBody { [selection] writer in
                var out = writer
                try await follow(workspace, selection, turn: call.context.id, while: call.isStillAllowed) {
                    try await out.write($0)
                }
                try await out.finish(nil)
                withExtendedLifetime(place) {}
            })
    }

    static func beat(at position: Position) -> String { ": nothing new\nid: \(position)\n\n" }

    /// Writes events until the service ends, or whoever reads them may not any more.
    private func follow(
        _ workspace: Workspace, _ selection: EventSelection, turn: String, while isAllowed: @Sendable () async -> Bool,
        _ write: (ByteBuffer) async throws -> Void
    ) async throws {
        var selection = selection
        var lastWrite = ContinuousClock.now
        var lastCheck = lastWrite
        try await write(ByteBuffer(string: "retry: 1000\n\n"))
        func beat() async throws {
            guard .now - lastWrite > Self.beat else { return }
            try await write(ByteBuffer(string: Self.beat(at: selection.after)))
            lastWrite = .now
        }
        while !Task.isCancelled, !Task.isShuttingDownGracefully {
            if workspace.head > selection.after || .now - lastCheck > Self.checkPause {
                guard await isAllowed() else { return }
                lastCheck = .now
            }
            guard workspace.head > selection.after else {
                try await beat()
                do { try await Task.sleep(for: Self.pause) } catch { return }
                continue
            }
            let (text, reached) = try await pool.run(for: turn) { [selection] in
                try workspace.views.read { answers in
                    var text = ""
                    let reached = try answers.events(selection) { text += "id: \($0)\ndata: \($1)\n\n" }
                    return (text, reached)
                }
            }
            selection.after = max(selection.after, reached)
            guard !text.isEmpty else {
                try await beat()
                continue
            }
            try await write(ByteBuffer(string: text))
            lastWrite = .now
        }
    }
}

/// How many streams may be open at once.
final class StreamRoom: Sendable {
    private let limit: Int
    private let count = Atomic(0)

    init(_ limit: Int) { self.limit = limit }

    var streamCount: Int { count.load(ordering: .relaxed) }

    /// A place, held for as long as the value lives.
    func enter() throws(Problem) -> StreamPlace {
        guard count.add(1, ordering: .relaxed).oldValue < limit else {
            leave()
            throw Problem(.unavailable, "\(limit) streams are open already").retryable(after: 10)
        }
        return StreamPlace(self)
    }

    fileprivate func leave() { count.subtract(1, ordering: .relaxed) }
}

/// A place for one stream.
final class StreamPlace: Sendable {
    private let room: StreamRoom

    fileprivate init(_ room: StreamRoom) { self.room = room }

    deinit { room.leave() }
}
