import Digests
import Testing
import Touchpoints

@testable import EventLog

struct LeafWriterTests {
    private func leaves(_ folder: DataFolder) throws -> [String] {
        let leaves = try LogLeaves(folder: folder)
        var texts: [String] = []
        try leaves.forEachLeaf(from: Position(1), through: leaves.head) { texts.append($1.text) }
        return texts
    }

    /// The personal hashes, which hold a salt, one after the other.
    private func withoutSalts(_ leaf: String) -> String {
        leaf.replacing(/"(personal|alias)":"[0-9a-f]{64}"/) { #""\#($0.1)":"*""# }
    }

    @Test func `a leaf says all that is stored of an event`() async throws {
        let scratch = try Scratch()
        let writer = try LogWriter(scratch.folder)
        var options = AppendOptions()
        options.actor = "user:\"ann\""
        try await writer.append(
            [
                TestEvent(id: 1),
                TestEvent(id: 2, occurred: nil, sequence: -3, type: "thing.done", channel: "", value: nil),
            ], options)
        try await writer.append([TestEvent("customer.identified", id: 3, of: "member:1", ["email:a"])])
        try await writer.close()
        let texts = try leaves(scratch.folder).map(withoutSalts)
        let content = #""content":"0000000000000000","personal":"*""#
        let first = [
            #"{"position":1,"recorded":2000000,"occurred":1000000,"type":"page.viewed","source":"shop","channel":"web""#,
            #""actor":"user:\"ann\"","strand":1"#, hex(1), content,
            #""newStrands":[{"strand":1,"kind":"member","alias":"*"}],"sessionid":""}"#,
        ]
        #expect(texts[0] == first.joined(separator: ","))
        let second = [
            #"{"position":2,"recorded":2000000,"occurred":2000000,"sequence":-3,"type":"thing.done","source":"shop""#,
            #""actor":"user:\"ann\"","flags":1"#, hex(2), content, #""sessionid":""}"#,
        ]
        #expect(texts[1] == second.joined(separator: ","))
        let third = [
            #"{"position":3,"recorded":2000000,"occurred":1000000,"type":"customer.identified","source":"shop""#,
            #""channel":"web","strand":1,"otherStrand":2,"decision":"joined","flags":32"#, hex(3), content,
            #""newStrands":[{"strand":2,"kind":"email","alias":"*"}]}"#,
        ]
        #expect(texts[2] == third.joined(separator: ","))
    }

    private func hex(_ id: Int) -> String {
        let hash = TestEvent.identity(of: id)
        return #""identity":"\#(padded(hash.high))\#(padded(hash.low))""#
    }

    private func padded(_ word: UInt64) -> String {
        let digits = String(word, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    @Test func `the hashes of personal parts are those that the salted entries have`() async throws {
        let scratch = try Scratch()
        let writer = try LogWriter(scratch.folder)
        try await writer.append([TestEvent(id: 1, personal: [9, 8, 7])])
        try await writer.close()
        let reader = try LogReader(folder: scratch.folder)
        let entry = try reader.saltedEntry(at: Position(1)) ?? []
        #expect(Array(entry.dropFirst(16)) == [9, 8, 7])
        let hash = SHA256.digest(of: entry).description
        #expect(try leaves(scratch.folder)[0].contains("\"personal\":\"" + hash + "\""))
    }

    @Test func `data stand as JSON, and as their hash where the leaf would be too long`() async throws {
        let scratch = try Scratch()
        let folder = try scratch.folder
        // The first two names are stored as one byte each.
        let short = [0] + Array("{".utf8) + [0x80] + Array("1,".utf8) + [0x81] + Array("\"é\\\"x\"}".utf8)
        let element = Array("{".utf8) + [0xDF] + Array("1},".utf8)
        let many =
            [0] + Array("[".utf8) + Array([[UInt8]](repeating: element, count: 9_000).joined()) + Array("1]".utf8)
        let writer = try LogWriter(folder)
        try await writer.append([TestEvent(id: 1, clear: short), TestEvent(id: 2, clear: many)])
        try await writer.close()
        let texts = try leaves(folder)
        #expect(texts[0].hasSuffix(",\"data\":{\"accepted\":1,\"agent\":\"é\\\"x\"}}"))
        let log = try LogLeaves(folder: folder)
        let data = try log.hashedData(at: Position(2)) ?? []
        #expect(data.count > 65_535)
        let hash = SHA256.digest(of: data).description
        #expect(texts[1].hasSuffix(",\"dataSHA256\":\"" + hash + "\"}"))
        #expect(try log.hashedData(at: Position(1)) == nil)
    }

    @Test func `leaves are the same however the log is cut into blocks, and from any position on`() async throws {
        let one = try Scratch()
        let many = try Scratch()
        let events = (1...40).map { TestEvent(id: $0, channel: "c\($0 % 7)", value: "\($0 % 11)") }
        let writer = try LogWriter(one.folder)
        try await writer.append(events)
        try await writer.close()
        let other = try LogWriter(many.folder)
        for event in events { try await other.append([event]) }
        try await other.close()
        let texts = try leaves(one.folder)
        #expect(try leaves(many.folder).map(withoutSalts) == texts.map(withoutSalts))
        let random = try LogLeaves(folder: one.folder)
        for position in [40, 1, 17, 3] as [UInt64] {
            let leaf = try random.leaf(at: Position(position))
            #expect(String(decoding: leaf, as: UTF8.self) == texts[Int(position) - 1])
        }
    }

    private static let malformed: [[UInt8]] = [
        [], [1], [1, 5, 65, 0], [1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0], [77, 0, 0], [9, 3, 1, 2, 3, 0], [0, 0xFF, 0xFF],
        [0, 0xE0], Array("\u{0}\"\\".utf8),
    ]

    @Test(arguments: malformed) func `bytes that are no clear part make no leaf`(clear: [UInt8]) async throws {
        let scratch = try Scratch()
        let folder = try scratch.folder
        let writer = try LogWriter(folder)
        try await writer.append([TestEvent(id: 1), TestEvent(id: 2, clear: clear)])
        try await writer.close()
        let error = #expect(throws: LogError.self) { try leaves(folder) }
        #expect("\(String(describing: error))".contains("position 2"))
    }
}
