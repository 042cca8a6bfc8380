import Foundation
import Testing
import Touchpoints

@testable import Ingest

/// Files of examples, and what became of them before, which a change shows as a difference. `UPDATE_GOLDEN=1` writes anew.
enum Golden {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../Fixtures").standardized

    static func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: folder.appending(path: name))) }

    static func expect(_ text: String, _ name: String, location: SourceLocation = #_sourceLocation) throws {
        let url = folder.appending(path: name)
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
            try text.write(to: url, atomically: true, encoding: .utf8)
        }
        let before = try String(contentsOf: url, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        let now = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (old, new) in zip(before, now) where old != new {
            Issue.record("\(name): was\n\(old)\nis\n\(new)", sourceLocation: location)
        }
        #expect(before.count == now.count, sourceLocation: location)
    }
}

extension Outcome {
    init() { self.init(events: "") }

    /// An event in words: id, type, subject, time, attributes, amount; what of its data is clear; all of its data.
    func words(_ index: Int) -> [String] {
        let draft = batch.drafts[index]
        let personal = PersonalPart(bytes: Array(batch.arena[draft.personal.range]).span.bytes)
        let clear = ClearPart(bytes: Array(batch.arena[draft.clear.range]).span.bytes)
        var head = [personal.id, draft.type.builtInName ?? batch.text(draft.typeName)]
        head.append(batch.text(draft.aliasKind) + ":" + batch.text(draft.aliasValue))
        head.append(draft.flags.contains(.timeSupplied) ? "now" : "\(draft.occurred)")
        if draft.channel.count > 0 { head.append("channel=" + batch.text(draft.channel)) }
        for attribute in ClearAttribute.sent {
            if let text = clear.attribute(attribute) { head.append("\(attribute)=\(text)") }
        }
        if draft.flags.contains(.hasMoney) {
            head.append(Money(minorUnits: draft.amount, currency: draft.currency).decimal + " " + draft.currency.code)
        }
        return [
            head.joined(separator: " "), "  clear " + String(decoding: clear.json, as: UTF8.self),
            "  whole " + String(decoding: personal.rebuild(clear: clear.json), as: UTF8.self),
        ]
    }

    /// All events and refusals, a line for each thing.
    var words: String {
        (batch.drafts.indices.flatMap(words) + refusals.map { "refused " + $0 }).joined(separator: "\n") + "\n"
    }
}

extension EventDecoder.Context {
    /// With the schemas of the built-in types.
    static let builtIn = EventDecoder.Context(keys: .sample, rules: SchemaRegistry()) { _ in nil }
}
