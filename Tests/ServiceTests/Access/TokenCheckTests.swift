import Foundation
import JWTKit
import Logging
import Testing
import Touchpoints
import Wayfold

@testable import Service

@Suite struct TokenCheckTests {
    private struct Claims: JWTPayload {
        var iss: String? = "https://id.example"
        var sub: String? = "anna"
        var aud: String? = "wayfold"
        var exp: Double? = 2_000
        var nbf: Double?
        var scope: String? = "query audit nonsense"
        var workspace: String?

        func verify(using _: some JWTAlgorithm) throws {}
    }

    private let scratch: Scratch
    private let now = Timestamp(microseconds: 1_000_000_000)
    private let edwards = try! EdDSA.PrivateKey(curve: .ed25519)
    private let elliptic = ES256PrivateKey()

    init() throws { scratch = try Scratch() }

    private func check(_ logger: Logger = Logger(label: "test")) async throws -> TokenCheck {
        func url(_ data: Data) -> String {
            data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        }
        let point = try #require(elliptic.publicKey.parameters)
        func padless(_ text: String) -> String {
            text.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        }
        let set = """
            {"keys":[
              {"kty":"OKP","crv":"Ed25519","kid":"ed","x":"\(url(edwards.publicKey.rawRepresentation))"},
              {"kty":"EC","crv":"P-256","kid":"es","alg":"ES256","x":"\(padless(point.x))","y":"\(padless(point.y))"}
            ]}
            """
        let path = try scratch.file("keys.json", set)
        return try await TokenCheck(keySetAt: path, issuer: "https://id.example", audience: "wayfold", logger: logger)
    }

    private func sign(_ claims: Claims, kid: String = "ed", _ keys: JWTKeyCollection? = nil) async throws -> String {
        if let keys { return try await keys.sign(claims, kid: JWKIdentifier(string: kid)) }
        let keys = JWTKeyCollection()
        await keys.add(eddsa: edwards, kid: "ed")
        await keys.add(ecdsa: elliptic, kid: "es")
        return try await keys.sign(claims, kid: JWKIdentifier(string: kid))
    }

    @Test(arguments: ["ed", "es"])
    func `a token that is signed by a key of the set says who and what`(kid: String) async throws {
        var claims = Claims()
        claims.workspace = "shop"
        let grant = try await check().check(try await sign(claims, kid: kid), now: now)
        #expect(grant == TokenCheck.Grant(subject: "anna", scopes: [.query, .audit], workspace: "shop"))
    }

    @Test func `a token that is not as it must be is worth nothing`() async throws {
        let check = try await check()
        let changes: [(inout Claims) -> Void] = [
            { $0.iss = "https://other.example" }, { $0.iss = nil }, { $0.aud = "others" }, { $0.aud = nil },
            { $0.exp = 999 }, { $0.exp = nil }, { $0.nbf = 1_001 }, { $0.sub = "" }, { $0.sub = nil },
            { $0.sub = "evil\nadmin" }, { $0.sub = "a\u{85}b" }, { $0.sub = "a\u{2028}b" },
            { $0.sub = String(repeating: "ä", count: 257) },
        ]
        for change in changes {
            var claims = Claims()
            change(&claims)
            let grant = await check.check(try await sign(claims), now: now)
            #expect(grant == nil, "\(claims)")
        }
        let good = try await sign(Claims())
        for end in [
            good + "x", String(good.dropLast(3)), good.split(separator: ".").dropLast().joined(separator: ".") + ".",
        ] {
            let grant = await check.check(end, now: now)
            #expect(grant == nil)
        }
    }

    @Test func `a token cannot choose to be signed by a password, another key or nothing`() async throws {
        let check = try await check()
        let keys = JWTKeyCollection()
        await keys.add(hmac: HMACKey(from: edwards.publicKey.rawRepresentation), digestAlgorithm: .sha256, kid: "ed")
        let hashed = await check.check(try await sign(Claims(), keys), now: now)
        #expect(hashed == nil)
        let others = JWTKeyCollection()
        await others.add(eddsa: try EdDSA.PrivateKey(curve: .ed25519), kid: "ed")
        let foreign = await check.check(try await sign(Claims(), others), now: now)
        #expect(foreign == nil)
        let body = try await sign(Claims()).split(separator: ".")[1]
        let none = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIiwia2lkIjoiZWQifQ." + body + "."
        let unsigned = await check.check(none, now: now)
        #expect(unsigned == nil)
    }

    @Test func `a key set that is damaged in use leaves the one before in force, and is told once`()
        async throws
    {
        let log = LineKeeper()
        let logger = Logger(label: "test") { _ in JSONLogHandler(label: "test") { log.keep($0) } }
        let check = try await check(logger)
        var claims = Claims()
        claims.sub = String(repeating: "ä", count: 256)
        let token = try await sign(claims)
        let path = scratch.path + "/keys.json"
        let good = try String(contentsOfFile: path, encoding: .utf8)
        for damage in ["{", #"{"keys":[]}"#] {
            _ = try scratch.file("keys.json", damage)
            for _ in 0..<3 { #expect(await check.check(token, now: now)?.subject == claims.sub) }
        }
        try FileManager.default.removeItem(atPath: path)
        for _ in 0..<3 { #expect(await check.check(token, now: now) != nil) }
        #expect(try log.entries("the key set cannot be used; the one before it stays in force").count == 3)
        // And what comes in its place holds.
        let other = good.split(separator: "\n").filter { !$0.contains("Ed25519") }.joined()
        _ = try scratch.file("keys.json", other)
        #expect(await check.check(token, now: now) == nil)
    }

    @Test func `a key set without a key for these algorithms is refused`() async throws {
        let path = try scratch.file("none.json", #"{"keys":[{"kty":"EC","crv":"P-384","x":"AA","y":"AA"}]}"#)
        await #expect(throws: ServiceOptionsError.self) {
            try await TokenCheck(keySetAt: path, issuer: "i", audience: "a", logger: Logger(label: "test"))
        }
    }
}
