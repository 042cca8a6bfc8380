import Digests
import EventLog
import Foundation
import Glibc
import Testing
import Touchpoints

@testable import Wayfold

struct AccessKeysTests {
    private let scratch = try! Scratch()
    private let now = Timestamp(microseconds: 1_800_000_000_000_000)

    private func folder() throws -> DataFolder { try DataFolder(creatingAt: scratch.data) }
    private var path: String { scratch.data + "/keys.json" }

    private func write(_ text: String) throws { try Data(text.utf8).write(to: URL(filePath: path)) }
    private func text() throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    @Test func `a token opens what its key says, until it expires or is revoked, also by another`() throws {
        let (keys, others) = (AccessKeys(folder: try folder()), AccessKeys(folder: try folder()))
        #expect(try keys.isOpen && others.isOpen)
        #expect(try keys.check("", now: now) == nil)
        let shop = try keys.create(scopes: [.ingest], note: "web \"shop\"", now: now)
        let report = try others.create(scopes: [.query, .audit], expires: now + .seconds(5), now: now)
        #expect(try !keys.isOpen && !others.isOpen)
        for keys in [keys, others] {
            let grant = try #require(try keys.check(shop.token, now: now))
            #expect(grant.id == shop.key.id && grant.scopes == [.ingest] && grant.note == "web \"shop\"")
            #expect(grant.actor == "key:\(shop.key.id)")
            let last = now + Elapsed(microseconds: 4_999_999)
            #expect(try keys.check(report.token, now: last)?.scopes == [.query, .audit])
            #expect(try keys.check(report.token, now: now + .seconds(5)) == nil)
        }
        #expect(try others.revoke(shop.key.id, now: now))
        #expect(try keys.check(shop.token, now: now) == nil)
        #expect(try !keys.revoke(shop.key.id, now: now + .seconds(9)), "it is already")
        #expect(try keys.list().map(\.revoked) == [now, nil])
        #expect(try keys.check(report.token, now: now) != nil)
        #expect(throws: AccessKeyError("there is no key nobody")) { try keys.revoke("nobody", now: now) }
    }

    @Test func `a token is of its form, and no other text opens anything`() throws {
        let keys = AccessKeys(folder: try folder())
        let (token, key) = try keys.create(scopes: [.admin], now: now)
        #expect(token.wholeMatch(of: /wf_[a-z2-7]{12}_[A-Za-z0-9_-]{43}/) != nil)
        #expect(token.hasPrefix("wf_\(key.id)_"))
        let bytes = Array(token.utf8)
        for index in bytes.indices {
            var other = bytes
            other[index] = other[index] == UInt8(ascii: "b") ? UInt8(ascii: "c") : UInt8(ascii: "b")
            #expect(try keys.check(String(decoding: other, as: UTF8.self), now: now) == nil)
            #expect(try keys.check(String(decoding: bytes[..<index], as: UTF8.self), now: now) == nil)
        }
        #expect(try keys.check(token + "A", now: now) == nil)
        #expect(try keys.check(token, now: now) != nil)
        #expect(try !text().contains(token.suffix(43)))
        #expect(try !text().contains(token.suffix(43).prefix(20)))
        let tokens = try (0..<50).map { _ in try keys.create(scopes: [.query], now: now).token }
        #expect(Set(tokens).count == 50)
        #expect(Set(tokens.map { $0.suffix(43).prefix(8) }).count == 50)
    }

    @Test func `digests of tokens cannot be compared but in constant time`() throws {
        let digest: Any = TokenDigest(of: "a")
        #expect(!(digest is any Equatable))
        #expect(TokenDigest(of: "a").matches("a") && !TokenDigest(of: "a").matches("b"))
        let text = TokenDigest(of: "a").text
        #expect(text == SHA256.digest(of: Array("a".utf8)).description)
        #expect(TokenDigest(text)?.matches("a") == true && TokenDigest(text + "0") == nil)
    }

    @Test func `the file is its user's alone, whatever an interrupted change has left`() throws {
        let keys = AccessKeys(folder: try folder())
        try Data("half".utf8).write(to: URL(filePath: path + ".new"))
        chmod(path + ".new", 0o666)
        for _ in 0..<2 {
            _ = try keys.create(scopes: [.ingest], now: now)
            var status = stat()
            #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
        }
        #expect(!FileManager.default.fileExists(atPath: path + ".new"))
        #expect(try keys.list().count == 2)
    }

    @Test func `the file is of the form that the architecture draws`() throws {
        let id = "abcdefghij27"
        let digest = String(repeating: "0f", count: 32)
        let file = """
            {"version":1,"keys":[
              {"id":"\(id)","sha256":"\(digest)","scopes":["ingest","query"],"created":"2026-03-01T10:00:00Z",\
            "expires":"2027-01-01T00:00:00Z","revoked":"2026-04-01T00:00:00Z","note":"a \\"b\\""}
            ]}

            """
        _ = try folder()
        try write(file)
        let keys = try AccessKeys(folder: folder()).list()
        #expect(keys.count == 1)
        #expect(keys[0].id == id && keys[0].scopes == [.ingest, .query] && keys[0].note == "a \"b\"")
        #expect(keys[0].expires == (try Timestamp(rfc3339: "2027-01-01T00:00:00Z")))
        #expect(String(decoding: KeyList.encode(keys), as: UTF8.self) == file)
        #expect(try KeyList.decode(KeyList.encode([])).isEmpty)
    }

    @Test func `a damaged file opens nothing and says so, and what comes back is read again`() throws {
        let keys = AccessKeys(folder: try folder())
        let token = try keys.create(scopes: [.ingest], note: "n", now: now).token
        let whole = try text()
        for count in 0..<whole.utf8.count - 1 {
            try write(String(whole.prefix(count)))
            for keys in [keys, AccessKeys(folder: try folder())] {
                #expect(throws: AccessKeyError.self) { try keys.check(token, now: now) }
                #expect(throws: AccessKeyError.self) { try keys.isOpen }
                #expect(throws: AccessKeyError.self) { try keys.create(scopes: [.admin], now: now) }
            }
        }
        try write(whole)
        #expect(try keys.check(token, now: now) != nil)
        #expect(unlink(path) == 0)
        #expect(throws: AccessKeyError.self) { try keys.isOpen }
        #expect(throws: AccessKeyError.self) { try keys.check(token, now: now) }
        #expect(throws: AccessKeyError.self) { try keys.create(scopes: [.admin], now: now) }
        try write(whole)
        #expect(try keys.check(token, now: now) != nil)
    }

    @Test(arguments: [
        (#"{"keys":[]}"#, "it has no version"), (#"{"version":2,"keys":[]}"#, "version 2; this program knows 1"),
        (#"{"version":1}"#, "no list of keys"), (#"{"version":1,"keys":[],"only":"local"}"#, "something beside it"),
        (#"{"version":1,"keys":[7]}"#, "key number 1 is no object"),
        (#"{"version":1,"keys":[{"id":"ABC"}]}"#, "has no id"), (#"{"version":1,"version":1}"#, "stands twice"),
        (#"{"version":1,"keys":[{"id":"abcdefghij27","sha256":"00"}]}"#, "has no digest"),
        (#"{"version":1,"keys":[{"address":"10.0.0.0/8"}]}"#, "has an unknown member"),
        (#"{"version":1,"keys":[{"id":7}]}"#, "something else than a text as id"),
    ])
    func `what is wrong with a file is named`(text: String, words: String) {
        let error = #expect(throws: AccessKeyError.self) { try KeyList.decode(Array(text.utf8)) }
        #expect(error?.description.contains(words) == true, "\(error as Any)")
    }

    @Test func `unknown scopes, times that are none and ids that stand twice are refused`() throws {
        let keys = AccessKeys(folder: try folder())
        _ = try keys.create(scopes: [.ingest], expires: now, now: now)
        let good = try text()
        let entry = good.split(separator: "\n")[1]
        for bad in [
            good.replacing(#"["ingest"]"#, with: #"["root"]"#), good.replacing(#"["ingest"]"#, with: #"["ingest",1]"#),
            good.replacing(#""expires":"2"#, with: #""expires":"x2"#),
            good.replacing(entry, with: "\(entry),\n\(entry)"),
        ] {
            #expect(bad != good)
            #expect(throws: AccessKeyError.self) { try KeyList.decode(Array(bad.utf8)) }
        }
    }

    @Test func `keys that are made and revoked at once are all there, and all that were revoked open nothing`()
        async throws
    {
        let folder = try folder()
        let now = now
        let made = try await withThrowingTaskGroup(of: [(token: String, isRevoked: Bool)].self) { group in
            for worker in 0..<6 {
                group.addTask {
                    try await blocking {
                        let keys = AccessKeys(folder: folder)
                        return try (0..<12).map { number in
                            let (token, key) = try keys.create(scopes: [.query], note: "\(worker)", now: now)
                            guard try keys.check(token, now: now) != nil else { throw AccessKeyError("lost") }
                            guard number % 2 == 0 else { return (token, false) }
                            _ = try keys.revoke(key.id, now: now)
                            guard try keys.check(token, now: now) == nil else { throw AccessKeyError("not revoked") }
                            return (token, true)
                        }
                    }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        let keys = AccessKeys(folder: folder)
        #expect(try keys.list().count == 72)
        for (token, isRevoked) in made { #expect((try keys.check(token, now: now) == nil) == isRevoked) }
    }

    @Test func `what is done through a session is recorded, without the secret`() async throws {
        let session = try await WriteSession.open(path: scratch.data, worker: FakeWorker.idle)
        let made = try await session.createKey(scopes: [.query, .ingest], note: "shop", actor: "key:boss")
        #expect(made.position == Position(2))
        #expect(try await session.revokeKey(made.key.id) == Position(3))
        #expect(try await session.revokeKey(made.key.id) == nil)
        await #expect(throws: AccessKeyError.self) { try await session.revokeKey("nobody") }
        try await session.finish()
        let log = try LogReader(folder: session.folder)
        #expect(log.head == Position(3))
        let first = try log.event(at: Position(2))
        #expect(log.dictionaries.name(of: first.type) == "admin.key.created")
        #expect(log.dictionaries.name(of: first.actor) == "key:boss")
        let isFolded = first.isFolded
        #expect(!isFolded)
        let entry = try #require(try log.personalEntry(at: Position(2)))
        let data = PersonalPart(bytes: entry.span.bytes).rebuild(clear: [])
        #expect(
            String(decoding: data, as: UTF8.self)
                == #"{"id":"\#(made.key.id)","note":"shop","scopes":["ingest","query"]}"#)
        let secret = Data(made.token.suffix(43).utf8)
        for name in try FileManager.default.subpathsOfDirectory(atPath: scratch.data) {
            let bytes = FileManager.default.contents(atPath: scratch.data + "/" + name) ?? Data()
            #expect(bytes.firstRange(of: secret) == nil, "\(name)")
        }
    }
}
