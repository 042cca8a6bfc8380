import Foundation
import Testing
import Touchpoints

@testable import EventLog

struct LogRebuildTests {
    private let scratch = try! Scratch()

    /// A log of some commits, with customers who join, part and are voided.
    private func source() async throws -> DataFolder {
        let folder = try scratch.folder
        let writer = try LogWriter(folder)
        for start in stride(from: 0, to: 60, by: 7) {
            var events = (start..<start + 7).map { TestEvent(id: $0, channel: "c\($0 % 3)", value: "m\($0 % 5)") }
            events.append(
                TestEvent("customer.identified", id: start + 100, of: "member:m\(start % 5)", ["card:c\(start)"]))
            events.append(TestEvent("seat.\(start % 4)", id: start + 200, of: nil))
            try await writer.append(events)
        }
        try await writer.append([
            TestEvent("customer.merged", id: 300, of: "member:m1", ["member:m2"]),
            TestEvent("customer.split", id: 301, of: "member:m1", ["member:m2"]),
            TestEvent(id: 302, type: "event.voided", value: nil, voidsPosition: 3),
        ])
        try await writer.close()
        return folder
    }

    private func sealed(_ folder: DataFolder) throws -> [(event: SealedEvent, data: [UInt8])] {
        var all: [(SealedEvent, [UInt8])] = []
        let head = try LogReader(folder: folder).head
        try SealedLog(folder: folder).forEach(through: head) { event, sealed in
            let json = ClearPart(bytes: event.clearBytes).json
            all.append((sealed, json.isEmpty ? [] : try ClearPart.storedData(json)))
        }
        return all
    }

    private func rebuilt(_ events: [(event: SealedEvent, data: [UInt8])], at name: String) throws -> DataFolder {
        var rebuild = try LogRebuild(at: scratch.path + "/" + name, secret: scratch.folder.secret, epoch: 7)
        do {
            for (event, data) in events { try rebuild.add(event, data: data) }
            try rebuild.finish()
        } catch {
            rebuild.discard()
            throw error
        }
        return try rebuild.publish()
    }

    @Test func `a log of the same sealed events has the same leaves, names, strands and duplicates`() async throws {
        let source = try await source()
        let folder = try rebuilt(sealed(source), at: "again")
        let (old, new) = (try LogLeaves(folder: source), try LogLeaves(folder: folder))
        #expect(new.head == old.head && folder.epoch == 7)
        #expect(try new.roots(ofFirst: [old.head.rawValue]) == old.roots(ofFirst: [old.head.rawValue]))
        #expect(try LogVerifier(folder: folder).verify().isEmpty)
        let (before, after) = (try LogReader(folder: source), try LogReader(folder: folder))
        #expect(before.dictionaries == after.dictionaries && before.strandCount == after.strandCount)
        for number in 1...before.strandCount {
            let strand = StrandNumber(rawValue: UInt32(number))
            #expect(try before.alias(of: strand) == after.alias(of: strand))
        }
        #expect(before.decisions(.start...before.head) == after.decisions(.start...after.head))
        let writer = try LogWriter(folder)
        #expect(try await writer.append([TestEvent(id: 8, channel: "c2", value: "m3")]) == [.duplicate(Position(11))])
        try await writer.close()
    }

    @Test func `an event that is not what its leaf says is refused, and nothing is left`() async throws {
        let events = try sealed(try await source())
        func fault(_ change: (inout SealedEvent) -> Void) throws -> SealedEventFault? {
            var altered = events
            change(&altered[7].event)
            do { _ = try rebuilt(altered, at: "bad") } catch let fault as SealedEventFault { return fault }
            return nil
        }
        func replaced(_ old: String, _ new: String) throws -> SealedEventFault? {
            try fault { event in
                let text = String(decoding: event.leaf, as: UTF8.self)
                #expect(text.contains(old), "\(text)")
                event.leaf = Array(text.replacing(old, with: new).utf8)
            }
        }
        let altered: [(fault: SealedEventFault?, field: String)] = [
            (try fault { $0.salt[3] ^= 1 }, "personal"), (try fault { $0.salt.removeLast() }, "salt"),
            (try fault { $0.personal[0] ^= 1 }, "personal"), (try fault { $0.aliases.removeAll() }, "newStrands"),
            (try fault { $0.aliases[0].value.append(65) }, "newStrands"), (try fault { $0.leaf.removeLast() }, ""),
            (try replaced(#""position":8"#, #""position":9"#), "position"),
            (try replaced(#""decision":"joined""#, #""decision":"glued""#), "decision"),
            (try replaced(#""strand":1"#, #""strand":77"#), "strand"),
            (try replaced(#""kind":"card""#, #""kind":"""#), "kind"),
            (try replaced(#"{"position""#, #"{"more":1,"position""#), "more"),
            (try replaced(#""occurred":1000000"#, #""occurred":99999999999999999999"#), "occurred"),
        ]
        for (index, (fault, field)) in altered.enumerated() {
            #expect(
                fault?.position == Position(8) && fault?.refusal.field == field,
                "\(index): \(String(describing: fault))")
        }
        #expect(!FileManager.default.fileExists(atPath: scratch.path + "/bad"))
    }

    @Test func `a log is not made where there is anything`() throws {
        _ = try scratch.folder
        #expect(throws: LogError.self) {
            try LogRebuild(at: scratch.path, secret: [UInt8](repeating: 1, count: 32), epoch: 2).discard()
        }
    }
}
