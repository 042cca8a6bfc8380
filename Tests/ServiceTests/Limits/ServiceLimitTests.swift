import Dispatch
import Foundation
import Testing

@testable import Service

/// What is held and what waits, each limit of it over a socket.
@Suite(.serialized) struct ServiceLimitTests {
    private static let health = get("/health")

    private static func get(_ path: String) -> String { "GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n" }

    private static func post(_ body: String, length: Int? = nil) -> String {
        "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(length ?? body.utf8.count)\r\n\r\n\(body)"
    }

    /// The answer to one request on a connection of its own, as far as a text in it.
    private static func answer(_ live: LiveService, _ request: String, until end: String = "}\n") async throws -> String
    {
        let connection = try RawConnection(port: live.port)
        connection.send(request)
        return try await connection.receive(until: end).text
    }

    private static func isRetryable(_ answer: String, _ status: Int) -> Bool {
        answer.hasPrefix("HTTP/1.1 \(status) ") && answer.lowercased().contains("\r\nretry-after: 1\r\n")
    }

    @Test func `beyond so many connections others wait until one ends`() async throws {
        try await LiveService.with({ $0.limits.connections = 2 }) { live in
            var kept = try (0..<2).map { _ in try RawConnection(port: live.port) }
            for connection in kept {
                connection.send(Self.health)
                #expect(try await connection.receive(until: "\"up\"").text.hasPrefix("HTTP/1.1 200"))
            }
            let third = try RawConnection(port: live.port)
            third.send(Self.health)
            let early = try await third.receive(until: "\"up\"", seconds: 2)
            #expect(early.text.isEmpty && !early.isClosed)
            kept.removeFirst()
            #expect(try await third.receive(until: "\"up\"").text.hasPrefix("HTTP/1.1 200"))
            withExtendedLifetime(kept) {}
        }
    }

    @Test func `headers beyond the limit are refused with a problem, those within are not`() async throws {
        try await LiveService.with({ $0.limits.headerByteCount = 4_096 }) { live in
            func request(_ count: Int, _ headers: Int) -> String {
                let header = "X-Long: " + String(repeating: "x", count: count) + "\r\n"
                return "GET /health HTTP/1.1\r\nHost: localhost\r\n" + String(repeating: header, count: headers)
                    + "\r\n"
            }
            #expect(try await Self.answer(live, request(1_500, 2)).hasPrefix("HTTP/1.1 200"))
            for (count, headers) in [(3_000, 1), (1_500, 3), (1, 200)] {
                let connection = try RawConnection(port: live.port)
                connection.send(request(count, headers))
                let (text, isClosed) = try await connection.receive()
                #expect(text.hasPrefix("HTTP/1.1 431"), "\(text)")
                #expect(text.contains("urn:wayfold:problem:headers-too-large"))
                #expect(isClosed)
            }
        }
    }

    @Test func `where too much waits for the disk a body is to be sent again`() async throws {
        try await LiveService.with({ $0.limits.waitingByteCount = 1_000 }) { live in
            let room = live.service.endpoints.events.intakes.room
            try room.take(1_000)
            let refused = try await Self.answer(live, Self.post("[\(Sample.order(1))]"))
            #expect(Self.isRetryable(refused, 429), "\(refused)")
            room.giveBack(1_000)
            #expect(try await Self.answer(live, Self.post("[\(Sample.order(1))]")).contains("\"stored\":1"))
            #expect(room.takenByteCount == 0)
        }
    }

    @Test func `beyond so many bytes of bodies that are not whole one more is to be sent again`() async throws {
        try await LiveService.with({ $0.limits.collectedByteCount = 100_000 }) { live in
            let bodies = live.service.endpoints.events.intakes.bodies
            let part = String(repeating: " ", count: 70_000)
            let first = try RawConnection(port: live.port)
            first.send(Self.post(part, length: 70_000 + Sample.order(1).utf8.count))
            try await eventually { bodies.takenByteCount == 70_000 }
            let refused = try await Self.answer(live, Self.post(part))
            #expect(Self.isRetryable(refused, 429), "\(refused)")
            first.send(Sample.order(1))
            #expect(try await first.receive(until: "}\n").text.contains("\"verdict\":\"stored\""))
            try await eventually { bodies.takenByteCount == 0 }
        }
    }

    @Test func `beyond so many queries one more is to be asked again, and figures are told all the same`() async throws
    {
        try await LiveService.with({
            $0.limits.queries = 1
            $0.limits.waitingQueries = 1
        }) { live in
            let pool = live.service.endpoints.views.lanes.long
            let (began, gate) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
            let held = (0..<2).map { _ in
                Task {
                    // The service's own work may have the place that the second one needs.
                    while true {
                        do {
                            return try await pool.run(for: "a") {
                                began.signal()
                                gate.wait()
                            }
                        } catch is Problem { try await Task.sleep(for: .milliseconds(10)) }
                    }
                }
            }
            // When one of them has the only thread, nobody leaves any more.
            try await eventually { began.wait(timeout: .now()) == .success }
            try await eventually { pool.queryCount == 2 }
            let refused = try await Self.answer(live, Self.get("/v1/views/rfm/customers"))
            #expect(Self.isRetryable(refused, 503), "\(refused)")
            let figures = try await Self.answer(live, Self.get("/metrics"), until: "wayfold_disk_free_bytes{")
            #expect(figures.contains("\nwayfold_queries 2\n"), "\(figures.prefix(200))")
            for _ in held { gate.signal() }
            for task in held { try await task.value }
            #expect(try await Self.answer(live, Self.get("/v1/views/rfm/customers")).hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test(arguments: ["listSeconds", "listBytes"])
    func `a list that was not read for long, or has to give way, is gone`(limit: String) async throws {
        try await LiveService.with({
            // Four rows are a third to a half of it.
            if limit == "listSeconds" { $0.limits.listSeconds = 1 } else { $0.limits.listByteCount = 1_800 }
        }) { live in
            let events = (1...5).map { Sample.order($0, of: "member:\($0)") }.joined(separator: ",")
            #expect(try await Self.answer(live, Self.post("[\(events)]")).contains("\"stored\":5"))
            func cursor() async throws -> Substring {
                let page = try await Self.answer(live, Self.get("/v1/views/rfm/customers?limit=1"), until: "\"rows\"")
                let begin = try #require(page.range(of: "\"next_cursor\":\""), "\(page)")
                return page[begin.upperBound...].prefix { $0 != "\"" }
            }
            let first = try await cursor()
            if limit == "listBytes" { for _ in 0..<2 { _ = try await cursor() } }
            try await eventually(seconds: 60) {
                // Reading it would keep it.
                if limit == "listSeconds" { try await Task.sleep(for: .seconds(7)) }
                let answer = try await Self.answer(live, Self.get("/v1/views/rfm/customers?cursor=\(first)"))
                return answer.hasPrefix("HTTP/1.1 410") && answer.contains("urn:wayfold:problem:gone")
            }
        }
    }

    @Test func `what cannot be parsed is counted and told of in the log`() async throws {
        let log = LineKeeper()
        try await LiveService.with(log: log) { live in
            let connection = try RawConnection(port: live.port)
            connection.send("SING /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
            let (text, isClosed) = try await connection.receive()
            #expect(isClosed)
            #expect(text.hasPrefix("HTTP/1.1 400") && text.contains("urn:wayfold:problem:bad-request"), "\(text)")
            #expect(try log.entries("a request was not read").map { $0["status"] } == ["400"])
            let figures = try await Self.answer(live, Self.get("/metrics"), until: "wayfold_disk_free_bytes{")
            #expect(figures.contains(#"wayfold_http_requests_total{endpoint="none",method="other",status="400"} 1"#))
        }
    }
}
