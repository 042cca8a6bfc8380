import Foundation
import Testing

@testable import Service

/// Each limit over a socket, as somebody who means harm would meet it.
@Suite(.serialized) struct ConnectionGuardTests {
    private static let health = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"

    /// Whether the service still answers others.
    private static func isWell(_ live: LiveService) async throws -> Bool {
        let connection = try RawConnection(port: live.port)
        connection.send(health)
        return try await connection.receive(until: "\"up\"").text.hasPrefix("HTTP/1.1 200")
    }

    @Test func `a connection that sends no whole headers is closed`() async throws {
        try await LiveService.with({ $0.limits.headerSeconds = 1 }) { live in
            let silent = try RawConnection(port: live.port)
            let dripping = try RawConnection(port: live.port)
            dripping.send("GET /health HTTP/1.1\r\nHost: loc")
            #expect(try await silent.receive(seconds: 8).isClosed)
            #expect(try await dripping.receive(seconds: 8).isClosed)
            #expect(try await Self.isWell(live))
        }
    }

    @Test func `a connection that lies idle between requests is closed`() async throws {
        try await LiveService.with({ $0.limits.idleSeconds = 1 }) { live in
            let idle = try RawConnection(port: live.port)
            idle.send(Self.health)
            let (text, isClosed) = try await idle.receive()
            #expect(text.hasPrefix("HTTP/1.1 200"))
            #expect(isClosed)
        }
    }

    @Test func `a body that comes too slowly ends its connection, a slow but steady one does not`() async throws {
        try await LiveService.with({
            $0.limits.bodySeconds = 3
            $0.limits.bodyBytesPerSecond = 100
        }) { live in
            let head = "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
            let drip = try RawConnection(port: live.port)
            drip.send(head + "Content-Length: 100000\r\n\r\n{")
            let line = Sample.order(1) + "\n"
            let steady = try RawConnection(port: live.port)
            steady.send(head + "Content-Length: \(line.utf8.count * 8)\r\n\r\n")
            // A thread of its own: tasks may be kept waiting by other tests, and it would not be steady.
            Thread {
                for _ in 0..<8 {
                    steady.send(line)
                    Thread.sleep(forTimeInterval: 0.5)
                }
            }.start()
            #expect(try await drip.receive().isClosed)
            #expect(try await steady.receive(until: "\"stored\":1").text.hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test func `who asks whether to send a body is told, and who is answered early is not waited for`() async throws {
        try await LiveService.with({ $0.limits.idleSeconds = 1 }) { live in
            let line = Sample.order(1)
            let head =
                "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: \(line.utf8.count)\r\nExpect: 100-continue\r\n\r\n"
            let asking = try RawConnection(port: live.port)
            asking.send(head)
            #expect(try await asking.receive(until: "\r\n\r\n").text.hasPrefix("HTTP/1.1 100"))
            asking.send(line)
            #expect(try await asking.receive(until: "\"stored\"").text.hasPrefix("HTTP/1.1 200"))
            let refused = try RawConnection(port: live.port)
            refused.send(
                "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\nContent-Length: 9\r\n\r\n")
            let (answer, isClosed) = try await refused.receive()
            #expect(answer.hasPrefix("HTTP/1.1 415"))
            #expect(isClosed)
        }
    }

    @Test func `a feed of lines is stored as it comes`() async throws {
        try await LiveService.with { live in
            let feed = try RawConnection(port: live.port)
            feed.send(
                "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
                    + "Accept: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n")
            func send(_ text: String) { feed.send(String(text.utf8.count, radix: 16) + "\r\n" + text + "\r\n") }
            for number in 1...3 {
                try await Task.sleep(for: .milliseconds(300))
                send(Sample.order(number) + "\n")
                let answer = try await feed.receive(until: "\"line\":\(number)").text
                #expect(answer.contains("\"line\":\(number),\"verdict\":\"stored\""), "\(answer)")
            }
            feed.send("0\r\n\r\n")
            #expect(try await feed.receive(until: "\"stored\":3").text.contains("\"stored\":3"))
        }
    }

    @Test func `one address has only so many connections`() async throws {
        try await LiveService.with({ $0.limits.connectionsPerAddress = 3 }) { live in
            let kept = try (0..<3).map { _ in try RawConnection(port: live.port) }
            for connection in kept {
                connection.send(Self.health)
                #expect(try await connection.receive(until: "\"up\"").text.hasPrefix("HTTP/1.1 200"))
            }
            let more = try RawConnection(port: live.port)
            more.send(Self.health)
            let (text, isClosed) = try await more.receive()
            #expect(text.isEmpty && isClosed)
            withExtendedLifetime(kept) {}
        }
    }

    @Test func `who does not read an answer is let go`() async throws {
        try await LiveService.with({ $0.limits.stallSeconds = 1 }) { live in
            let long = String(repeating: "x", count: 20_000)
            let events = (1...200).map { Sample.visit("\($0)").replacing("https://shop.example/", with: long) + "\n" }
                .joined()
            let fed = try RawConnection(port: live.port)
            fed.send(
                "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
                    + "Content-Length: \(events.utf8.count)\r\n\r\n" + events)
            #expect(try await fed.receive(until: "\"stored\":200").text.hasPrefix("HTTP/1.1 200"))
            // Answers of 4 MB each, more than the buffers on the way hold.
            let deaf = try RawConnection(port: live.port)
            for _ in 0..<8 { deaf.send("GET /v1/events?limit=1000 HTTP/1.1\r\nHost: localhost\r\n\r\n") }
            try await Task.sleep(for: .seconds(6))
            #expect(try await Self.isWell(live))
            // What was on the way is read, then there is the end.
            #expect(try await deaf.receive().isClosed)
        }
    }

    @Test(arguments: [
        "GET /health HTTP/1.1\r\nHost: localhost\r\nX-Long: \(String(repeating: "x", count: 40_000))\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\n"
            + (0..<200).map { "X-\($0): 1\r\n" }.joined() + "\r\n",
        "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\n[]  ",
        "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\n folded: 1\r\n\r\n",
        "\u{16}\u{3}\u{1}\u{0}\u{0}",
    ])
    func `what is no request as it should be is refused, and its connection closed`(text: String) async throws {
        try await LiveService.with { live in
            let connection = try RawConnection(port: live.port)
            connection.send(text)
            let (answer, isClosed) = try await connection.receive(seconds: 5)
            #expect(isClosed)
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"), "\(answer)")
            #expect(try await Self.isWell(live))
        }
    }
}
