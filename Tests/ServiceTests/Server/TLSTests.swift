import AsyncHTTPClient
import Foundation
import NIOCore
import Synchronization
import Testing

@testable import Service

/// The service over TLS, by both versions of HTTP.
@Suite(.serialized) struct TLSTests {
    private let scratch: Scratch
    private let files: (certificate: String, privateKey: String)

    init() throws {
        scratch = try Scratch()
        files = try TestCertificate.make(in: scratch)
    }

    private func serve(
        log: LineKeeper? = nil, _ change: @escaping (inout ServiceOptions) -> Void = { _ in },
        _ body: @escaping @Sendable (LiveService) async throws -> Void
    ) async throws {
        try await LiveService.with(
            log: log,
            {
                ($0.certificate, $0.privateKey) = (files.certificate, files.privateKey)
                change(&$0)
            }, body)
    }

    @Test(arguments: [true, false]) func `events are posted and views asked`(isHTTP2: Bool) async throws {
        try await serve { live in
            try await TLSClient.with(live, isHTTP2 ? .automatic : .http1Only) { client in
                let stored = try await client.post("/v1/events", .bytes(ByteBuffer(string: "[\(Sample.order(1))]")))
                #expect(stored.status == 200 && stored.text.contains("\"stored\":1"), "\(stored.text)")
                #expect(stored.isHTTP2 == isHTTP2)
                let asked = try await client.get("/v1/views/rfm/customers")
                #expect(asked.status == 200 && asked.text.contains("member:1"), "\(asked.text)")
                #expect(asked.isHTTP2 == isHTTP2)
            }
        }
    }

    @Test func `who does not come to the end of the handshake is let go, and in nobody's way`() async throws {
        try await serve({ $0.limits.headerSeconds = 1 }) { live in
            let silent = try RawConnection(port: live.port)
            let begun = try RawConnection(port: live.port)
            begun.send("\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}")
            #expect(try await silent.receive().isClosed)
            #expect(try await begun.receive().isClosed)
            try await TLSClient.with(live) { client in
                let health = try await client.get("/health")
                #expect(health.status == 200)
            }
        }
    }

    @Test func `a connection of HTTP2 without streams is let go, whatever it answers`() async throws {
        try await serve({ $0.limits.idleSeconds = 1 }) { live in
            let start = ContinuousClock.now
            let mute = try await MuteConnection(port: live.port)
            try await eventually { !mute.isOpen }
            #expect(ContinuousClock.now - start >= .seconds(1))
        }
    }

    @Test func `one address has only so many connections, also before the handshake`() async throws {
        try await serve({ $0.limits.connectionsPerAddress = 3 }) { live in
            // Whoever is closed at once was one too many; the others wait for a handshake.
            var kept: [RawConnection] = []
            for _ in 0..<3 {
                let connection = try RawConnection(port: live.port)
                #expect(try await connection.receive(seconds: 0.5).isClosed == false)
                kept.append(connection)
            }
            let more = try RawConnection(port: live.port)
            #expect(try await more.receive().isClosed)
            kept.removeAll()
            try await eventually {
                let next = try RawConnection(port: live.port)
                return try await !next.receive(seconds: 0.5).isClosed
            }
        }
    }

    @Test func `who goes away in the middle of a body over HTTP2 is no failure of the server`() async throws {
        let log = LineKeeper()
        try await serve(log: log) { live in
            try await TLSClient.with(live) { client in
                // So that the connection is there, and stays when a stream of it ends.
                #expect(try await client.get("/health").isHTTP2)
                let (body, parts) = AsyncStream.makeStream(of: ByteBuffer.self)
                let leaving = Task { try await client.post("/v1/events", .stream(body, length: .unknown)) }
                parts.yield(ByteBuffer(string: "[" + Sample.order(1)))
                try await eventually { live.service.endpoints.events.intakes.bodies.takenByteCount > 0 }
                leaving.cancel()
                try await eventually { try log.entries("request").contains { $0["endpoint"] == "/v1/events" } }
                #expect(
                    try log.entries("request").filter { $0["endpoint"] == "/v1/events" }.map { $0["status"] } == ["400"]
                )
                #expect(!log.lines.contains { $0.contains("\"level\":\"error\"") })
                #expect(try await client.get("/health").status == 200)
                #expect(live.service.endpoints.events.intakes.bodies.takenByteCount == 0)
            }
        }
    }

    @Test func `a certificate that cannot be used is told before there is a folder`() async throws {
        for (certificate, key) in [
            (files.certificate, files.certificate), (scratch.path + "/none.pem", files.privateKey),
            (files.certificate, try TestCertificate.make(in: Scratch()).privateKey),
        ] {
            let error = await #expect(throws: ServiceOptionsError.self) {
                try await TestService.make(scratch) { ($0.certificate, $0.privateKey) = (certificate, key) }
            }
            #expect(error?.description.hasPrefix("tls.") == true)
        }
        #expect(!FileManager.default.fileExists(atPath: scratch.path + "/default"))
    }
}

/// Waits for something that comes with time.
func eventually(seconds: Double = 30, _ holds: () async throws -> Bool) async throws {
    let deadline = Date().addingTimeInterval(seconds)
    while Date() < deadline {
        if try await holds() { return }
        try await Task.sleep(for: .milliseconds(20))
    }
    Issue.record("it did not come within \(seconds) seconds")
}
