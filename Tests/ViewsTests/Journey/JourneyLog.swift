import EventLog
import Foundation
@testable import Projections
import Simulation
import Touchpoints

@testable import Views

/// A real log in a temporary folder with sketched events in it, and the parts of the journey over it.
///
/// Everything is recorded at one moment, so that the order of the log says nothing about the order of the events.
final class JourneyLog {
    private let path = NSTemporaryDirectory() + "wayfold-journey-" + UUID().uuidString
    private let reader: LogReader
    let view: ViewReader<Journey>

    /// - Parameters:
    ///   - events: with the customer (nil: none) and the text of the session id.
    ///   - typeNames: names of the types from `EventType.firstInterned` on.
    ///   - batches: into how many batches the events are cut for the fold.
    init(
        _ events: [(customer: String?, session: String?, event: SketchedEvent)], typeNames: [String] = [],
        batches: Int = 1
    ) async throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let folder = try DataFolder(creatingAt: path + "/data")
        let writer = try LogWriter(folder: folder, now: { Timestamp(rawValue: 1_800_000_000_000_000) })
        for start in stride(from: 0, to: events.count, by: 10_000) {
            var batch = DraftBatch()
            for index in start..<min(start + 10_000, events.count) {
                batch.add(events[index], typeNames, id: UInt64(index + 1))
            }
            _ = try await writer.append(batch, AppendOptions())
        }
        try await writer.close()
        reader = try LogReader(folder: folder)
        guard reader.head == Position(UInt64(events.count)) else { throw QueryError("not every event was stored") }
        let generation = try Generation<Journey>(readingAt: nil, number: 0, log: reader, policies: [.default])
        for batch in 1...batches {
            try generation.fold.fold(through: Position(UInt64(events.count * batch / batches)))
        }
        view = ViewReader(OpenView(fold: generation.fold))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The rows of a part, the values as a CSV would show them.
    func rows(_ part: Part<Journey>, of customer: UInt32? = nil, _ options: [String: String] = [:]) throws -> [String] {
        var rows: [String] = []
        let query = Query(
            customer: customer.map { CustomerNumber(rawValue: $0) }, reference: view.clock, options: options)
        try part.rows(view, query) { row in
            guard row.count == part.columns.count else { throw QueryError("a row of \(part.name) is too short") }
            rows.append(row.map(Self.text).joined(separator: ","))
        }
        return rows
    }

    private static func text(_ value: Value) -> String {
        switch value {
        case .null: ""
        case .text(let text): text
        case .integer(let integer): "\(integer)"
        case .decimal(let units, let scale): Decimal.text(Int64(units), digits: scale)
        case .number(let number): "\(number)"
        case .time(let time): time.description
        default: "\(value)"
        }
    }
}

extension DraftBatch {
    fileprivate mutating func add(
        _ entry: (customer: String?, session: String?, event: SketchedEvent), _ typeNames: [String], id: UInt64
    ) {
        let event = entry.event
        var draft = Draft()
        draft.identity = Hash128(high: id &* 0x9E37_79B9_7F4A_7C15, low: id)
        draft.content = draft.identity.low
        draft.occurred = event.occurred
        draft.sequence = event.sequence
        draft.session = event.session
        if event.type.rawValue < EventType.firstInterned {
            draft.type = event.type
        } else {
            draft.typeName = place(typeNames[Int(event.type.rawValue - EventType.firstInterned)].utf8)
        }
        if event.type.role == .folded { draft.flags.insert(.notTouchpoint) }
        draft.source = place("shop".utf8)
        if !event.channel.isNone { draft.channel = place("channel-\(event.channel.rawValue)".utf8) }
        if let customer = entry.customer {
            draft.aliasKind = place("member".utf8)
            draft.aliasValue = place(customer.utf8)
        }
        var clear = event.clear
        if let session = entry.session {
            clear = []
            ClearPart.append(.sessionid, session.utf8, to: &clear)
        }
        if event.clear.isEmpty || entry.session != nil { ClearPart.endAttributes(of: &clear) }
        draft.clear = place(clear)
        drafts.append(draft)
    }
}
