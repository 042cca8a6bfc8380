import HTTPTypes
import Testing
import Touchpoints

@testable import Service

@Suite struct EventStreamTests {
    private static func request(_ path: String, _ more: String = "") -> String {
        "GET \(path) HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\(more)\r\n"
    }

    private static func post(_ live: LiveService, _ event: String) async throws {
        let connection = try RawConnection(port: live.port)
        connection.send(
            "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: \(event.utf8.count)\r\n\r\n" + event)
        #expect(try await connection.receive(until: "stored").text.contains("200 OK"))
    }

    @Test func `a stream catches up, goes on as events come, and is taken up again`() async throws {
        try await LiveService.with { live in
            try await Self.post(live, Sample.visit("1"))
            let stream = try RawConnection(port: live.port)
            stream.send(Self.request("/v1/events?after=1"))
            let first = try await stream.receive(until: "\"wayfoldposition\":\"2\"").text
            #expect(first.contains("text/event-stream"))
            #expect(first.contains("id: 2\ndata: {"))
            try await Self.post(live, Sample.visit("2"))
            let second = try await stream.receive(until: "id: 3").text
            #expect(second.contains("id: 3"))
            let again = try RawConnection(port: live.port)
            again.send(Self.request("/v1/events?after=1", "Last-Event-ID: 2\r\n"))
            let rest = try await again.receive(until: "\"wayfoldposition\":\"3\"").text
            #expect(!rest.contains("id: 2\n") && rest.contains("id: 3\n"))
        }
    }

    @Test func `a stream from behind the head is refused`() async throws {
        try await TestService.with { service in
            try await service.store([Sample.visit("1")])
            let stream: HTTPFields = [.accept: "text/event-stream", .lastEventID: "3"]
            let reply = try await service.get("/v1/events", stream)
            #expect(reply.status == 412)
            #expect(reply.problem == "behind")
        }
    }

    @Test func `a beat says how far was looked, and is no event`() {
        let text = EventStream.beat(at: Position(7))
        #expect(text.split(separator: "\n").allSatisfy { $0.hasPrefix(":") || $0 == "id: 7" })
        #expect(text.hasSuffix("\n\n"))
    }

    @Test func `a stream ends with the service, and there are only so many`() async throws {
        try await LiveService.with({ $0.limits.streams = 1 }) { live in
            let stream = try RawConnection(port: live.port)
            stream.send(Self.request("/v1/events"))
            #expect(try await stream.receive(until: "id: 1").text.contains("200 OK"))
            let more = try RawConnection(port: live.port)
            more.send(Self.request("/v1/events"))
            #expect(try await more.receive(until: "urn:").text.contains("503 Service Unavailable"))
            await live.group.triggerGracefulShutdown()
            #expect(try await stream.receive().isClosed)
        }
    }
}
