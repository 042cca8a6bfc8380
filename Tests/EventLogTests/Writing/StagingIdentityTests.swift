import Policies
import Testing
import Touchpoints

@testable import EventLog

/// What the writer makes of `customer.*`, row by row.
struct StagingIdentityTests {
    /// A log of events whose aliases are texts; each has the number of its position as its id.
    private final class Scene {
        let scratch: Scratch
        let writer: LogWriter
        let reader: LogReader
        var options = AppendOptions()
        private var count = 0

        init() throws {
            scratch = try Scratch()
            writer = try LogWriter(scratch.folder)
            reader = try LogReader(folder: scratch.folder)
        }

        /// Appends in one commit.
        func append(_ events: [(type: String, subject: String?, others: [String])]) async throws -> [Verdict] {
            let drafts = events.enumerated().map { index, event in
                TestEvent(event.type, id: count + index + 1, of: event.subject, event.others)
            }
            count += events.count
            let verdicts = try await writer.append(drafts, options)
            try reader.refresh()
            return verdicts
        }

        /// Identifies, each in a commit of its own, and what was decided about the last.
        @discardableResult
        func identify(_ pairs: (String, String)...) async throws -> IdentityDecision {
            for (subject, other) in pairs { _ = try await append([("customer.identified", subject, [other])]) }
            return try decision
        }

        @discardableResult
        func merge(_ subject: String, _ other: String) async throws -> IdentityDecision {
            _ = try await append([("customer.merged", subject, [other])])
            return try decision
        }

        @discardableResult
        func split(_ subject: String, _ others: String...) async throws -> IdentityDecision {
            _ = try await append([("customer.split", subject, others)])
            return try decision
        }

        private var decision: IdentityDecision { get throws { try decision(at: reader.head.rawValue) } }

        func decision(at position: UInt64) throws -> IdentityDecision {
            let reader = reader
            return try reader.event(at: Position(position)).decision
        }

        /// The event's strand, the other and the former one.
        func strands(at position: UInt64) throws -> [UInt32] {
            let reader = reader
            let event = try reader.event(at: Position(position))
            return [event.strand.rawValue, event.otherStrand.rawValue, event.formerStrand.rawValue]
        }

        func leavingStrands(at position: UInt64) throws -> [UInt32] {
            let reader = reader
            return try reader.event(at: Position(position)).leavingStrands.map(\.rawValue)
        }

        /// The customers of several strands, as numbers of strands.
        var customers: [[UInt32]] {
            let identity = reader.identity(at: reader.head)
            let strands = (1...UInt32(max(1, reader.strandCount))).map(StrandNumber.init(rawValue:))
            return Set(strands.map(identity.customer(of:))).sorted()
                .map { identity.strands(of: $0).map(\.rawValue) }.filter { $0.count > 1 }
        }

        func alias(_ strand: UInt32) throws -> String? {
            try reader.alias(of: StrandNumber(rawValue: strand))?.description
        }
    }

    @Test func `an alias that stands alone joins`() async throws {
        let scene = try Scene()
        #expect(try await scene.identify(("cookie:a", "member:1")) == .joined)
        #expect(try await scene.identify(("cookie:b", "member:1")) == .joined)
        #expect(try await scene.identify(("email:x", "cookie:c")) == .joined)
        #expect(try await scene.identify(("cookie:a", "member:1")) == .alreadyOne)
        #expect(try await scene.identify(("cookie:a", "cookie:a")) == .alreadyOne)
        #expect(scene.customers == [[1, 2, 3], [4, 5]])
        #expect(try scene.strands(at: 3) == [4, 5, 0])
    }

    @Test func `a shared alias of another customer moves to the exclusive one`() async throws {
        let scene = try Scene()
        #expect(try await scene.identify(("cookie:a", "member:1"), ("cookie:a", "member:2")) == .moved)
        #expect(scene.customers == [[1, 2], [3, 4]])
        #expect(try scene.alias(4) == "cookie:a")
        #expect(try scene.strands(at: 2) == [4, 3, 1])
        #expect(try await scene.identify(("member:1", "cookie:a")) == .moved)
        #expect(try scene.strands(at: 3) == [2, 5, 4])
        #expect(scene.customers == [[1, 2, 5], [3, 4]])
        let identity = scene.reader.identity(at: scene.reader.head)
        #expect([1, 4, 5].map { identity.isFormer(StrandNumber(rawValue: $0)) } == [true, true, false])
    }

    @Test func `an anonymous cluster follows as a whole`() async throws {
        let scene = try Scene()
        #expect(try await scene.identify(("cookie:a", "cookie:b"), ("device:c", "cookie:b")) == .joined)
        #expect(try await scene.identify(("cookie:a", "member:1")) == .joined)
        #expect(scene.customers == [[1, 2, 3, 4]])
    }

    @Test func `of two shared aliases with customers the other one moves to the subject's`() async throws {
        let scene = try Scene()
        try await scene.identify(("cookie:a", "member:1"), ("cookie:b", "member:2"))
        #expect(try await scene.identify(("cookie:a", "cookie:b")) == .moved)
        #expect(scene.customers == [[1, 2, 5], [3, 4]])
        #expect(try scene.alias(5) == "cookie:b")
        #expect(try await scene.identify(("cookie:z", "cookie:b")) == .joined)
    }

    @Test func `two exclusive aliases merge their customers, of a kind without a name too`() async throws {
        let scene = try Scene()
        try await scene.identify(("member:1", "email:x"), ("member:2", "email:y"))
        #expect(try await scene.identify(("email:x", "member:2")) == .joined)
        #expect(try await scene.identify(("loyaltycard:7", "email:y")) == .joined)
        #expect(scene.customers == [[1, 2, 3, 4, 5]])
    }

    @Test func `a blocked value joins nobody and has no strand`() async throws {
        let scene = try Scene()
        scene.options.identity.blockedValues = ["Anonymous", "0000"]
        #expect(try await scene.identify(("cookie:ANONYMOUS", "member:1")) == .blocked)
        #expect(try scene.strands(at: 1) == [0, 1, 0])
        let personal = try #require(try scene.reader.personalEntry(at: Position(1)))
        #expect(PersonalPart(bytes: personal.span.bytes).subject == "cookie:ANONYMOUS")
        #expect(PersonalPart(bytes: personal.span.bytes).id == "1")
        #expect(try await scene.identify(("member:1", "email:0000")) == .blocked)
        #expect(try await scene.append([("page.viewed", "cookie:0000", [])]) == stored(3...3))
        #expect(try scene.strands(at: 3) == [0, 0, 0])
        #expect(scene.reader.strandCount == 1)
        #expect(try await scene.merge("member:1", "email:0000") == .blocked)
    }

    @Test func `what a split has parted only a merge joins again`() async throws {
        let scene = try Scene()
        try await scene.identify(("cookie:a", "member:1"), ("cookie:b", "member:1"), ("email:x", "member:1"))
        #expect(try await scene.split("member:1", "cookie:a", "email:x") == .split)
        #expect(try scene.leavingStrands(at: 4) == [1, 4])
        #expect(scene.customers == [[1, 4], [2, 3]])
        #expect(try await scene.identify(("email:x", "member:1")) == .keptApart)
        // Through another that stands between them.
        #expect(try await scene.identify(("email:x", "member:9")) == .joined)
        #expect(try await scene.identify(("member:9", "member:1")) == .keptApart)
        // A new strand of a shared alias is bound by nothing.
        #expect(try await scene.identify(("cookie:a", "member:1")) == .moved)
        #expect(try await scene.merge("email:x", "member:1") == .merged)
        #expect(try await scene.merge("email:x", "member:1") == .alreadyOne)
        #expect(scene.customers == [[1, 2, 3, 4, 5, 6]])
    }

    @Test func `a merge lifts what keeps its two customers apart, and nothing else`() async throws {
        let scene = try Scene()
        try await scene.identify(("email:x", "member:1"), ("email:y", "member:1"))
        try await scene.split("member:1", "email:x", "email:y")
        try await scene.split("email:x", "email:y")
        #expect(try await scene.merge("email:x", "member:1") == .merged)
        #expect(try await scene.split("member:1", "email:x") == .split)
        #expect(try await scene.identify(("email:y", "member:1")) == .keptApart)
        #expect(try await scene.merge("member:1", "email:x") == .merged)
        #expect(try await scene.identify(("email:y", "member:1")) == .keptApart)
    }

    @Test func `a split of nothing or of everything changes nothing`() async throws {
        let scene = try Scene()
        try await scene.identify(("cookie:a", "member:1"), ("cookie:b", "member:2"))
        #expect(try await scene.split("member:1", "cookie:b") == .notTogether)
        #expect(try await scene.split("member:1", "cookie:a", "member:1") == .notTogether)
        #expect(try await scene.split("cookie:b", "cookie:b", "cookie:a") == .split)
        #expect(scene.customers == [[1, 2]])
    }

    @Test func `what names no customer is refused with its field`() async throws {
        let scene = try Scene()
        let unknown = "the log knows no such alias"
        try await scene.identify(("cookie:a", "member:1"))
        let verdicts = try await scene.append([
            ("customer.merged", nil, ["member:1"]), ("customer.merged", "member:9", ["member:1"]),
            ("customer.merged", "member:1", ["member:9"]), ("customer.split", "member:1", ["cookie:a", "cookie:z"]),
            ("customer.identified", nil, ["member:1"]),
        ])
        let missing = Verdict.refused(Refusal(field: "subject", reason: "whose customer it is about is missing"))
        #expect(
            verdicts == [
                missing, .refused(Refusal(field: "subject", reason: unknown)),
                .refused(Refusal(field: "data.alias", reason: unknown)),
                .refused(Refusal(field: "data.aliases[1]", reason: unknown)), missing,
            ])
        #expect(scene.reader.strandCount == 2)
    }

    @Test func `a limit keeps the union out that would go over it`() async throws {
        let scene = try Scene()
        let email = try #require(scene.options.identity.kinds.firstIndex { $0.name == "email" })
        let cookie = try #require(scene.options.identity.kinds.firstIndex { $0.name == "cookie" })
        scene.options.identity.kinds[email].limit = 1
        scene.options.identity.kinds[cookie].limit = 2
        try await scene.identify(("email:x", "member:1"))
        #expect(try await scene.identify(("email:y", "member:1")) == .overLimit)
        #expect(try await scene.identify(("email:x", "email:y")) == .overLimit)
        try await scene.identify(("cookie:a", "member:1"), ("cookie:b", "member:1"), ("cookie:c", "member:2"))
        #expect(try await scene.identify(("cookie:c", "member:1")) == .overLimit)
        // One that is handed on makes room.
        #expect(try await scene.identify(("cookie:b", "member:2")) == .moved)
        #expect(try await scene.identify(("cookie:c", "member:1")) == .moved)
        // What is too much by a merge stands in nobody's way.
        #expect(try await scene.merge("email:y", "member:1") == .merged)
        #expect(try await scene.identify(("phone:5", "member:1")) == .joined)
    }

    @Test func `several identifications of one commit see each other`() async throws {
        let scene = try Scene()
        let type = "customer.identified"
        let verdicts = try await scene.append([
            (type, "cookie:a", ["member:1"]), (type, "cookie:a", ["member:2"]), (type, "cookie:a", ["member:1"]),
            ("page.viewed", "cookie:a", []), ("customer.split", "member:1", ["cookie:a"]),
            (type, "cookie:a", ["member:1"]),
        ])
        #expect(verdicts == stored(1...6))
        let decisions = try (1...6).map { try scene.decision(at: $0) }
        #expect(decisions == [.joined, .moved, .moved, .none, .split, .keptApart])
        #expect(try scene.strands(at: 4) == [5, 0, 0])
        #expect(scene.customers == [[1, 2], [3, 4]])
    }
}
