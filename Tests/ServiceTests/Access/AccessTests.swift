import EventLog
import Foundation
import HTTPTypes
import Ingest
import Testing
import Touchpoints
import Wayfold

@testable import Service

@Suite struct AccessTests {
    private static func bearer(_ token: String) -> HTTPFields { [.authorization: "Bearer " + token] }

    private static func key(_ workspace: Workspace, _ scopes: Set<AccessScope>, expires: Timestamp? = nil) throws
        -> String
    {
        try workspace.keys.create(scopes: scopes, expires: expires, note: nil, now: SystemClock.now()).token
    }

    @Test func `without keys whoever is on this machine may do everything, with any key`() async throws {
        try await TestService.with { service in
            let plain = try await service.get("/v1/views")
            #expect(plain.status == 200)
            let keyed = try await service.get("/v1/views", [.authorization: "Basic d3JpdGVrZXk6"])
            #expect(keyed.status == 200)
        }
    }

    @Test func `without keys nothing is taken from pages of other sites`() async throws {
        try await TestService.with { service in
            let foreign = try await service.get("/v1/views", [.origin: "https://elsewhere.example"])
            #expect(foreign.status == 403)
            let own = try await service.get("/v1/views", [.origin: "http://localhost"])
            #expect(own.status == 200)
        }
        #expect(AccessGate.isLoopback(authority: "localhost:7411"))
        #expect(AccessGate.isLoopback(authority: "[::1]:7411"))
        #expect(AccessGate.isLoopback(authority: "127.0.0.1"))
        #expect(!AccessGate.isLoopback(authority: "127.0.0.1.rebound.example:7411"))
        #expect(!AccessGate.isLoopback(authority: "localhost.example"))
        #expect(!AccessGate.isLoopback(authority: "127.a.rebound.example:7411"))
        #expect(!AccessGate.isLoopback(authority: "127.0.0.256"))
        #expect(!AccessGate.isLoopback(authority: "localhost:evil.example"))
        #expect(!AccessGate.isLoopback(authority: "127.0.0.1:80@evil.example"))
        #expect(!AccessGate.isLoopback(authority: "127.0.0.1."))
    }

    @Test func `a service that others can reach does not start without a key`() async throws {
        let scratch = try Scratch()
        await #expect(throws: ServiceOptionsError.self) { try await TestService.make(scratch) { $0.host = "0.0.0.0" } }
    }

    @Test func `a service does not start where keys were made and their file is gone`() async throws {
        let scratch = try Scratch()
        let service = try await TestService.make(scratch)
        _ = try await service.workspaces[0].session.createKey(scopes: [.query], expires: nil, note: nil)
        try await service.workspaces[0].session.finish()
        try FileManager.default.removeItem(atPath: scratch.path + "/default/keys.json")
        await #expect(throws: ServiceOptionsError.self) { try await TestService.make(scratch) }
    }

    @Test func `a key opens what its scopes name, until it is revoked or expires`() async throws {
        try await TestService.with { service in
            let workspace = service.service.workspaces[0]
            let token = try Self.key(workspace, [.query])
            let open = try await service.get("/v1/views")
            #expect(open.status == 401)
            #expect(open.headers[values: .wwwAuthenticate].count == 2)
            let known = try await service.get("/v1/views", Self.bearer(token))
            #expect(known.status == 200)
            let named = try await service.get("/v1/views", [.authorization: "Basic " + Self.base64(token + ":")])
            #expect(named.status == 200)
            let asked = try await service.get("/v1/views", [.authorization: "Basic " + Self.base64("me:" + token)])
            #expect(asked.status == 200)
            // A browser would send the key by itself, whoever's page asks it to.
            let foreign: HTTPFields = [
                .authorization: "Basic " + Self.base64("me:" + token), .origin: "https://elsewhere.example",
            ]
            let crossed = try await service.get("/v1/views", foreign)
            #expect(crossed.status == 403)
            let forbidden = try await service.post("[]", Self.bearer(token))
            #expect(forbidden.status == 403)
            let changed = try await service.get("/v1/views", Self.bearer(String(token.dropLast()) + "_"))
            #expect(changed.status == 401)
            let id = String(token.split(separator: "_")[1])
            #expect(try workspace.keys.revoke(id, now: SystemClock.now()))
            let revoked = try await service.get("/v1/views", Self.bearer(token))
            #expect(revoked.status == 401)
            let old = try Self.key(workspace, [.query], expires: SystemClock.now() - .seconds(1))
            let expired = try await service.get("/v1/views", Self.bearer(old))
            #expect(expired.status == 401)
        }
    }

    @Test func `Segment's clients may say in the body who they are, and only they`() async throws {
        try await TestService.with { service in
            let token = try Self.key(service.service.workspaces[0], [.ingest])
            let asker = try Self.key(service.service.workspaces[0], [.query])
            func track(_ key: String, _ headers: HTTPFields = [:]) async throws -> Int {
                let body = #"{"userId":"1","event":"Seen","messageId":"\#(UUID())","writeKey":"\#(key)"}"#
                return try await service.post(body, as: "application/json", to: "/v1/track", headers).status
            }
            #expect(try await track(token) == 200)
            #expect(try await track("unknown") == 401)
            #expect(try await track(asker) == 403)
            // What a header says goes before it.
            #expect(try await track(token, Self.bearer("unknown")) == 401)
            let batch = #"{"batch":[{"type":"track","userId":"1","event":"Seen"}],"writeKey":"\#(token)"}"#
            #expect(try await service.post(batch, as: "application/json", to: "/v1/batch").status == 200)
            let packed = try await service.send(
                .post, "/v1/batch", [.contentType: "application/json", .contentEncoding: "gzip"],
                body: Deflater.gzip(Array(batch.utf8)))
            #expect(packed.status == 200, "\(packed.text)")
            let long = #"{"event":"\#(String(repeating: "x", count: 600_000))","writeKey":"\#(token)"}"#
            #expect(try await service.post(long, as: "application/json", to: "/v1/track").status == 413)
            let events = try await service.post(#"{"writeKey":"\#(token)"}"#, as: "application/json")
            #expect(events.status == 401)
            #expect(service.service.endpoints.segment.intakes.strangers.takenByteCount == 0)
        }
    }

    @Test func `the log says who has asked for what, and never by which secret`() async throws {
        let log = LineKeeper()
        try await TestService.with(workspaces: ["shop", "bank"], log: log) { service in
            let token = try Self.key(service.service.workspaces[0], [.ingest, .query])
            let actor = "key:\(token.split(separator: "_")[1])"
            _ = try await service.post("[\(Sample.order(1, of: "member:secret"))]", Self.bearer(token))
            for path in ["/v1/customers/member:secret", "/v1/events?customer=member:secret", "/v1/views"] {
                #expect(try await service.get(path, Self.bearer(token)).status == 200)
            }
            _ = try await service.get("/v1/views", Self.bearer("wf_unknown"))
            let entries = try log.entries("request")
            #expect(entries.map { $0["workspace"] } == ["bank", "bank", "bank", "bank", nil])
            #expect(entries.map { $0["actor"] } == [actor, actor, actor, actor, nil])
            #expect(entries.map { $0["level"] } == ["info", "notice", "notice", "info", "info"])
            let text = log.lines.joined()
            #expect(!text.contains("member:secret") && !text.contains(token) && !text.contains("wf_unknown"))
        }
    }

    @Test func `who posted is in the event`() async throws {
        try await TestService.with { service in
            let token = try Self.key(service.service.workspaces[0], [.ingest, .query])
            let reply = try await service.post("[\(Sample.order(1))]", Self.bearer(token))
            #expect(reply.status == 200)
            let events = try await service.get("/v1/events?after=1", Self.bearer(token))
            #expect(events.text.contains(#""wayfoldactor":"key:\#(token.split(separator: "_")[1])""#), "\(events.text)")
        }
    }

    /// Random calls over keys, scopes, workspaces and endpoints, held against a table of who may do what.
    @Test func `nothing can be read or written without its scope, nor in another workspace`() async throws {
        try await TestService.with(workspaces: ["shop", "bank", "club"]) { service in
            var random = SplitMix(state: 4_711)
            var keys: [(token: String, workspace: Int, scopes: Set<AccessScope>)] = []
            for (index, workspace) in service.service.workspaces.enumerated() {
                for _ in 0..<8 {
                    let scopes = Set(AccessScope.allCases.filter { _ in Bool.random(using: &random) })
                    keys.append((try Self.key(workspace, scopes.isEmpty ? [.audit] : scopes), index, scopes))
                }
            }
            var stored = [0, 0, 0]
            for call in 0..<5_000 {
                let key = keys.randomElement(using: &random)!
                let endpoint = service.service.endpoints.all.randomElement(using: &random)!
                let isSent = Int.random(in: 0..<10, using: &random) > 0
                let isEvent = endpoint.method == .post && endpoint.path == "/v1/events"
                let path = endpoint.path.replacing("{view}", with: "rfm").replacing("{part}", with: "segments")
                    .replacing("{alias}", with: "member:\(key.workspace + 1)")
                var headers: HTTPFields = isSent ? Self.bearer(key.token) : [:]
                headers[.contentType] = "application/json"
                let body = Array(
                    (isEvent ? "[" + Sample.order(call, of: "member:\(key.workspace + 1)") + "]" : "{}").utf8)
                let reply = try await service.send(
                    endpoint.method, path, headers, body: endpoint.method == .post ? body : nil)
                guard let scope = endpoint.scope else {
                    #expect(reply.status == 200)
                    continue
                }
                if !isSent {
                    #expect(reply.status == 401, "\(endpoint.method) \(path)")
                } else if !key.scopes.contains(scope) {
                    #expect(reply.status == 403, "\(endpoint.method) \(path)")
                } else {
                    #expect(
                        reply.status != 401 && reply.status != 403 && reply.status < 500, "\(endpoint.method) \(path)")
                    if isEvent {
                        #expect(reply.status == 200)
                        stored[key.workspace] += 1
                    }
                }
            }
            for (index, workspace) in service.service.workspaces.enumerated() {
                let reader = try LogReader(folder: workspace.folder)
                #expect(stored[index] > 10)
                for other in 0..<3 {
                    let alias = EventLog.Alias(kind: "member", value: "\(other + 1)")
                    let strand = try reader.strand(of: alias)
                    #expect((strand != nil) == (other == index))
                }
            }
        }
    }

    private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
}

/// Numbers from a seed.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
