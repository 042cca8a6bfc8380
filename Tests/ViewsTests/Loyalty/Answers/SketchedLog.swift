import EventLog
import Foundation
import Policies
@testable import Projections
import Simulation
import Touchpoints

@testable import Views

/// A real log in a temporary folder with sketched events in it, and the parts of the loyalty view over it.
///
/// Events are recorded as they occurred, or when the one before was recorded where that is later.
final class SketchedLog {
    private let path = NSTemporaryDirectory() + "wayfold-loyalty-" + UUID().uuidString
    private let reader: LogReader
    let view: ViewReader<Loyalty>

    /// - Parameters:
    ///   - events: with the customer's number as a text; the clock ends at the last one.
    ///   - policies: what is in force behind which position.
    init(_ events: [(member: String, event: SketchedEvent)], under policies: [ActivePolicy] = [.default]) async throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let folder = try DataFolder(creatingAt: path + "/data")
        let writer = try LogWriter(folder: folder, now: { Timestamp(rawValue: 4_000_000_000_000_000) })
        var options = AppendOptions()
        options.recordedTime = .occurred
        for start in stride(from: 0, to: events.count, by: 10_000) {
            var batch = DraftBatch()
            for index in start..<min(start + 10_000, events.count) {
                batch.add(events[index].event, of: events[index].member, id: UInt64(index + 1))
            }
            let verdicts = try await writer.append(batch, options)
            for (index, verdict) in verdicts.enumerated() where verdict != .stored(Position(UInt64(start + index + 1)))
            {
                throw LedgerRun.Wrong("event \(start + index): \(verdict)")
            }
        }
        try await writer.close()
        reader = try LogReader(folder: folder)
        let generation = try Generation<Loyalty>(readingAt: nil, number: 0, log: reader, policies: policies)
        try generation.fold.fold(through: reader.head)
        view = ViewReader(OpenView(fold: generation.fold))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The rows of a part, the values as a CSV would show them.
    func rows(_ part: Part<Loyalty>, of customer: UInt32? = nil) throws -> [String] {
        var rows: [String] = []
        let query = Query(customer: customer.map { CustomerNumber(rawValue: $0) }, reference: view.clock)
        try part.rows(view, query) { row in
            guard row.count == part.columns.count else { throw LedgerRun.Wrong("a row of \(part.name) is too short") }
            rows.append(row.map(Self.text).joined(separator: ","))
        }
        return rows
    }

    private static func text(_ value: Value) -> String {
        switch value {
        case .null: ""
        case .text(let text): text
        case .integer(let integer): "\(integer)"
        case .decimal(let units, _): "\(units)"
        case .time(let time): time.description
        default: "\(value)"
        }
    }
}

extension DraftBatch {
    fileprivate mutating func add(_ event: SketchedEvent, of member: String, id: UInt64) {
        var draft = Draft()
        draft.identity = Hash128(high: id &* 0x9E37_79B9_7F4A_7C15, low: id)
        draft.content = draft.identity.low
        draft.occurred = event.occurred
        draft.order = event.order
        draft.type = event.type
        if event.type.role == .recordOnly { draft.flags.insert(.recordOnly) }
        if let money = event.money {
            draft.amount = money.minorUnits
            draft.currency = money.currency
            draft.flags.insert(.hasMoney)
        }
        if let points = event.points {
            draft.amount = points
            draft.flags.insert(.hasPoints)
        }
        draft.source = place("shop".utf8)
        draft.aliasKind = place("member".utf8)
        draft.aliasValue = place(member.utf8)
        var clear: [UInt8] = []
        if event.order != 0 { ClearPart.append(.orderid, "A-\(event.order)".utf8, to: &clear) }
        ClearPart.endAttributes(of: &clear)
        draft.clear = place(clear)
        drafts.append(draft)
    }
}
