import Policies
import Testing
import Touchpoints

@testable import Ingest

struct AccessLogReaderTests {
    private static func read(
        _ bytes: [UInt8], chunk: Int = .max, policy: AccessLogPolicy = Policy.default.accessLog,
        context: EventDecoder.Context = .builtIn
    ) -> Outcome {
        var outcome = Outcome()
        var reader = AccessLogReader(decoder: EventDecoder(context: context), policy: policy)
        for piece in pieces(of: bytes, chunk) {
            reader.push(piece, into: &outcome.batch, rejected: &outcome.rejected)
        }
        reader.finish(into: &outcome.batch, rejected: &outcome.rejected)
        return outcome
    }

    private static func read(_ text: String, policy: AccessLogPolicy = Policy.default.accessLog) -> Outcome {
        read(Array(text.utf8), policy: policy)
    }

    private static func line(agent: String = "-", more: String = "", address: String = "192.0.2.7") -> String {
        #"\#(address) - - [10/Oct/2025:13:55:36 +0200] "GET /a HTTP/1.1" 200 1 "-" "\#(agent)"\#(more)"# + "\n"
    }

    @Test func `the lines of a log become page views and other requests`() throws {
        let outcome = Self.read(try Golden.bytes("access-log/site.log"))
        #expect(outcome.batch.count == 10)
        #expect(outcome.rejected.map(\.line) == [11, 12, 13, 14, 15])
        try Golden.expect(outcome.words, "access-log/site.golden.txt")
    }

    @Test(arguments: [1, 7, 64])
    func `chunks may be cut anywhere`(size: Int) throws {
        let bytes = try Golden.bytes("access-log/site.log")
        #expect(Self.read(bytes, chunk: size) == Self.read(bytes))
    }

    @Test func `no address is kept, and another folder's hash of it is another`() throws {
        let outcome = Self.read(Self.line(agent: "A"))
        #expect(!outcome.batch.arena.indices.contains { outcome.batch.arena[$0...].starts(with: "192.0.2".utf8) })
        let keys = try #require(HashKeys(secret: Array(repeating: 9, count: 16)))
        let other = EventDecoder.Context(keys: keys, rules: SchemaRegistry()) { _ in nil }
        let elsewhere = Self.read(Array(Self.line(agent: "A").utf8), context: other)
        let again = Self.read(Self.line(agent: "A"))
        func subject(_ outcome: Outcome) -> String { outcome.batch.text(outcome.draft.aliasValue) }
        #expect(subject(outcome).utf8.count == 32)
        #expect(subject(outcome) == subject(again))
        #expect(subject(outcome) != subject(elsewhere))
        #expect(subject(outcome) != subject(Self.read(Self.line(agent: "B"))))
        #expect(subject(outcome) != subject(Self.read(Self.line(agent: "A", address: "192.0.2.8"))))
    }

    @Test func `equal lines are different events, and the same file again is all duplicates`() {
        let text = Self.line() + Self.line(agent: "A") + Self.line()
        let first = Self.read(text)
        #expect(Set(first.batch.drafts.map(\.identity)).count == 3)
        #expect(Self.read(text) == first)
    }

    @Test func `the fields behind the agent are those that the policy names`() throws {
        let policy = try Policy(
            yaml: "accessLog: {fields: [ignored, cookie, duration], cookie: visitor, channel: site, source: shop}"
        ).accessLog
        let outcome = Self.read(
            Self.line(more: #" x "f3" 0.0015"#) + Self.line(more: " x - 7") + Self.line(more: " x") + Self.line(),
            policy: policy)
        #expect(outcome.refusals == [])
        let words = outcome.batch.drafts.indices.map { outcome.words($0) }
        #expect(words[0][0].hasSuffix("-1 page.viewed visitor:f3 2025-10-10T11:55:36Z channel=site"))
        #expect(words[0][1] == #"  clear {"durationMs":1.5,"path":"/a","status":200}"#)
        #expect(words[1][0].contains(" device:"))
        #expect(words[1][1] == #"  clear {"durationMs":0.007,"path":"/a","status":200}"#)
        #expect(words[2][1] == #"  clear {"path":"/a","status":200}"#)
        #expect(outcome.batch.text(outcome.draft.source) == "shop")
    }

    @Test(arguments: ["0.1.2", "-5", "soon", "-0.5", "1e3", "0.1234567", "9223372036854775808"])
    func `what is no duration is refused`(text: String) {
        let outcome = Self.read(Self.line(more: " \(text)"))
        #expect(outcome.refusals == ["1 - duration: expected seconds like 0.184 or whole microseconds"])
    }

    @Test(
        arguments: [
            ("Mozilla/5.0 (compatible; Googlebot/2.1)", "bot"), ("CURL/8", "bot"), ("Mozilla/5.0 Firefox/131.0", "web"),
            ("-", "web"), ("Wget/1", "bot"), ("HeadlessChrome/1", "bot"),
        ])
    func `programs are told from people by their agents`(agent: String, channel: String) {
        let outcome = Self.read(Self.line(agent: agent))
        #expect(outcome.batch.text(outcome.draft.channel) == channel)
    }

    @Test func `bytes that are not UTF-8 are repaired, and lines of any length read or refused`() {
        let bad = Array(Self.line(agent: "A").utf8).map { $0 == UInt8(ascii: "A") ? 0xFF : $0 }
        let outcome = Self.read(bad)
        #expect(outcome.refusals == [])
        #expect(outcome.whole.contains("\u{FFFD}"))
        let long = String(repeating: "x", count: EventReader.maximalEventBytes)
        let lines = Self.read(
            Self.line(agent: long) + Self.line(agent: String(repeating: "y", count: 70_000)) + Self.line())
        #expect(lines.batch.drafts.map(\.line) == [3])
        #expect(
            lines.refusals == [
                "1 - : the line is longer than 1048576 bytes",
                "2 - : the event is too large: at most 65000 bytes are stored",
            ])
    }

    @Test func `a mutated log gives events and refusals`() throws {
        let whole = try Golden.bytes("access-log/site.log")
        var (events, refusals) = (0, 0)
        for seed in 1...400 as ClosedRange<UInt64> {
            var random = SplitMix(seed)
            var bytes = whole
            for _ in 0..<60 {
                let at = Int(random.next() % UInt64(bytes.count))
                if random.next() % 2 == 0 {
                    bytes[at] = UInt8(truncatingIfNeeded: random.next())
                } else {
                    bytes.swapAt(at, Int(random.next() % UInt64(bytes.count)))
                }
            }
            let outcome = Self.read(bytes, chunk: 256)
            for rejected in outcome.rejected { #expect(!rejected.refusal.reason.isEmpty) }
            events += outcome.batch.count
            refusals += outcome.rejected.count
        }
        #expect(events > 100)
        #expect(refusals > 100)
    }
}
