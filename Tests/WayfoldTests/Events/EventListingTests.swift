import EventLog
import Ingest
import Projections
import Testing
import Touchpoints

@testable import Wayfold

/// Stored events as text, and which of them a selection takes.
struct EventListingTests {
    /// An event as it was sent.
    private struct Sent {
        var line: String
        var type: String
        var source: String
        var channel: String?
        /// nil: nobody's.
        var alias: String?
        var merges: String?
    }

    private let scratch = try! Scratch()

    private func sent(_ random: inout SeededGenerator, _ number: Int, _ known: [String]) -> Sent {
        let source = ["shop", "till", "call:centre"].randomElement(using: &random)!
        let channel = [nil, "web", "store"].randomElement(using: &random)!
        let more = channel.map { #","channel":"\#($0)""# } ?? ""
        if known.count > 1, Int.random(in: 0..<12, using: &random) == 0 {
            let (a, b) = (known.randomElement(using: &random)!, known.randomElement(using: &random)!)
            return Sent(
                line: #"{"specversion":"1.0","id":"\#(number)","source":"\#(source)","type":"customer.merged","#
                    + #""subject":"\#(a)","data":{"alias":"\#(b)","note":"é\n"}\#(more)}"#,
                type: "customer.merged", source: source, channel: channel, alias: a, merges: b)
        }
        let type = ["page.viewed", "order.paid", "seat.chosen", "thing.done"].randomElement(using: &random)!
        let value = Int.random(in: 1...6, using: &random)
        let subjects: [(String, String)] = [
            ("member:\(value)", "member:\(value)"), ("email:\(value)@x", "email:\(value)@x"),
            ("bare \(value)", "id@\(source.replacing(":", with: "%3A")):bare \(value)"),
        ]
        let subject = Int.random(in: 0..<8, using: &random) == 0 ? nil : subjects.randomElement(using: &random)!
        var extra = more
        if let subject { extra += #","subject":"\#(subject.0)""# }
        if Bool.random(using: &random) { extra += #","time":"2020-01-0\#(value)T10:00:00.5+02:00""# }
        if Bool.random(using: &random) { extra += #","sequence":"\#(value - 3)","sessionid":"s","campaign":"a\"b""# }
        if Bool.random(using: &random) { extra += #","zebra":"z","antelope":\#(value),"okapi":true"# }
        if type == "order.paid" {
            extra += #","orderid":"o\#(value)","data":{"x":[1,{"y":2e0}],"#
            extra += #""total":{"amount":"\#(value).50","currency":"EUR"}}"#
        } else if Bool.random(using: &random) {
            // Built-in types have an object as their data.
            let isObject = type == "page.viewed" || Bool.random(using: &random)
            extra += isObject ? #","data":{"b":1.0,"a":"😀\u0001","url":"u"}"# : #","data_base64":"AAE=""#
        }
        return Sent(
            line: #"{"specversion":"1.0","id":"\#(number)","source":"\#(source)","type":"\#(type)"\#(extra)}"#,
            type: type, source: source, channel: channel, alias: subject?.1, merges: nil)
    }

    /// Appends a random log, some of it through runs of the indexes; what stands at each position behind the policy.
    private func log(_ random: inout SeededGenerator) async throws -> [Sent] {
        var all: [Sent] = []
        for _ in 0..<2 {
            let session = try await WriteSession.open(path: scratch.data, worker: FakeWorker.idle)
            for _ in 0..<12 {
                var batch: [Sent] = []
                for _ in 0..<Int.random(in: 1...20, using: &random) {
                    let known = all.compactMap(\.alias).filter { !$0.hasPrefix("id@") }
                    batch.append(sent(&random, all.count + batch.count, known))
                }
                var settings = AppendSettings()
                settings.actor = "key:\(batch.count)"
                let verdicts = try await session.append(
                    Sample.drafts(batch.map { $0.line + "\n" }.joined()), settings)
                #expect(verdicts.allSatisfy { if case .stored = $0 { true } else { false } })
                all += batch
            }
            try await session.finish()
        }
        return all
    }

    /// Who is one customer with an alias, by all merges.
    private func names(with alias: String, _ all: [Sent]) -> Set<String> {
        var groups: [Set<String>] = []
        for event in all {
            let named = Set([event.alias, event.merges].compactMap { $0 })
            groups.append(groups.filter { !$0.isDisjoint(with: named) }.reduce(named) { $0.union($1) })
            groups = groups.enumerated().filter { $0.offset == groups.count - 1 || $0.element.isDisjoint(with: named) }
                .map(\.element)
        }
        return groups.first { $0.contains(alias) } ?? []
    }

    @Test(arguments: 0..<10 as Range<UInt64>)
    func `every selection takes what a look at all events takes, and each is what was sent`(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let all = try await log(&random)
        let answers = try ViewAnswers(folder: DataFolder(openingAt: scratch.data), catalogue: Catalogue([]))
        for _ in 0..<40 {
            var selection = EventSelection()
            let aliases = all.compactMap(\.alias)
            if Bool.random(using: &random) { selection.customer = aliases.randomElement(using: &random) }
            let types = ["page.viewed", "order.paid", "seat.chosen", "customer.merged", "policy.activated", "no.such"]
            if Bool.random(using: &random) {
                selection.types = Set(
                    (0..<Int.random(in: 1...3, using: &random)).map { _ in
                        types.randomElement(using: &random)!
                    })
            }
            if Int.random(in: 0..<3, using: &random) == 0 {
                selection.source = ["shop", "till", "call:centre", "wayfold", "no"].randomElement(using: &random)
            }
            if Int.random(in: 0..<3, using: &random) == 0 {
                selection.channel = ["web", "store", "no"].randomElement(using: &random)
            }
            selection.limit = Int.random(in: 1...30, using: &random)
            selection.after = Position(UInt64.random(in: 0...UInt64(all.count), using: &random))
            let names = selection.customer.map { self.names(with: $0, all) }
            let expected = all.indices.filter { index in
                let event = all[index]
                return index + 2 > selection.after.rawValue
                    && names.map { names in event.alias.map(names.contains) ?? false } ?? true
                    && (selection.types.isEmpty || selection.types.contains(event.type))
                    && (selection.source.map { $0 == event.source } ?? true)
                    && (selection.channel.map { $0 == event.channel } ?? true)
            }
            let takesPolicy =
                selection.after == .start && names == nil && selection.channel == nil
                && (selection.types.isEmpty || selection.types.contains("policy.activated"))
                && (selection.source ?? "wayfold") == "wayfold"
            var found: [Int] = []
            var lines = ""
            let window = UInt64.random(in: 1...60, using: &random)
            repeat {
                var count = 0
                let after = selection.after
                var byteCount = 0
                selection.byteLimit = Int.random(in: 1...2_000, using: &random)
                selection.after = try answers.events(selection, lookingAt: window) { position, json in
                    #expect(position > after)
                    // Only the last brings the page to its limit.
                    #expect(byteCount < selection.byteLimit)
                    byteCount += json.utf8.count
                    count += 1
                    found.append(Int(position.rawValue) - 2)
                    if position > Position(1) { lines += json + "\n" }
                }
                #expect(count <= selection.limit && selection.after > after)
            } while selection.after < answers.log.head
            #expect(found == (takesPolicy ? [-1] : []) + expected)
            try check(lines, against: expected.map { all[$0] })
        }
    }

    private func check(_ lines: String, against sent: [Sent]) throws {
        let listed = Sample.drafts(lines)
        let original = Sample.drafts(sent.map { $0.line + "\n" }.joined())
        #expect(listed.count == original.count)
        for (a, b) in zip(listed.drafts, original.drafts) {
            #expect(a.identity == b.identity && a.content == b.content)
            #expect(listed.arena[a.clear.range] == original.arena[b.clear.range])
            #expect(personal(a, of: listed) == personal(b, of: original))
        }
    }

    /// The personal part, its pieces of data in any order: they stand in that of the text.
    private func personal(_ draft: Draft, of batch: DraftBatch) -> PersonalPart {
        let bytes = Array(batch.arena[draft.personal.range])
        var part = PersonalPart(bytes: bytes.span.bytes)
        part.properties.sort { "\($0.pointer)" < "\($1.pointer)" }
        return part
    }

    @Test func `an event says where, when and by whom it was recorded`() async throws {
        let clock = TestClock("2026-03-01T10:00:00Z")
        let session = try await WriteSession.open(
            path: scratch.data, worker: FakeWorker.idle, now: { clock.now })
        var settings = AppendSettings()
        settings.actor = "key:abc"
        _ = try await session.append(
            Sample.drafts(Sample.event("a", more: #""channel":"web","foo":"bar","#, data: #"{"y":1,"x":"z"}"#)),
            settings)
        _ = try await session.recordAdmin("admin.export.made", data: [("rows", "7")], actor: "system:ada")
        try await session.finish()
        let answers = try ViewAnswers(folder: DataFolder(openingAt: scratch.data), catalogue: Catalogue([]))
        var lines: [String] = []
        var selection = EventSelection()
        selection.after = Position(1)
        #expect(try answers.events(selection) { lines.append("\($0) \($1)") } == Position(3))
        #expect(lines.count == 2)
        #expect(
            lines[0] == #"2 {"specversion":"1.0","id":"a","source":"shop","type":"seat.chosen","subject":"member:1","#
                + #""time":"2020-01-01T00:00:00Z","channel":"web","foo":"bar","wayfoldposition":"2","#
                + #""wayfoldrecorded":"2026-03-01T10:00:00Z","wayfoldactor":"key:abc","data":{"x":"z","y":1}}"#)
        #expect(
            lines[1].hasSuffix(
                #","source":"wayfold","type":"admin.export.made","wayfoldposition":"3","#
                    + #""wayfoldrecorded":"2026-03-01T10:00:00Z","wayfoldactor":"system:ada","data":{"rows":7}}"#))
        for after in [3, 4, 99] as [UInt64] {
            selection.after = Position(after)
            #expect(try answers.events(selection) { _, _ in Issue.record("nothing is there") } == Position(after))
        }
        selection.customer = "member:2"
        #expect(throws: QueryError.self) { try answers.events(selection) { _, _ in } }
    }
}
