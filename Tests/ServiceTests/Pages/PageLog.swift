import Ingest
import Projections
import Touchpoints

@testable import Wayfold

/// A log of some events, all recorded at one instant, and answers at its end: what pages are made from.
final class PageLog {
    static let clock = Timestamp(rawValue: 1_774_958_400_000_000)  // 2026-03-31T12:00:00Z

    let answers: ViewAnswers
    private let scratch: Scratch

    /// - Parameters:
    ///   - events: as JSON, one a line; all must be good.
    ///   - policy: as YAML; nil: a log without any record.
    init(
        _ events: String = "", policy: String? = Policy.defaultText, catalogue: Catalogue = .standard
    ) async throws {
        scratch = try Scratch()
        let folder = try DataFolder(creatingAt: scratch.data)
        let writer = try LogWriter(folder: folder, now: { Self.clock })
        if let policy {
            let activation = try EngineEvents(keys: folder.hashKeys).policyActivated(
                yaml: policy, zone: .utc, note: nil)
            var settings = AppendSettings()
            settings.isFirst = true
            _ = try await writer.append(activation, settings.options(WritingRules(.default, zone: .utc)))
        }
        if !events.isEmpty { try await Self.append(events, to: writer, in: folder) }
        try await writer.close()
        answers = try ViewAnswers(folder: folder, catalogue: catalogue)
    }

    private static func append(_ events: String, to writer: LogWriter, in folder: DataFolder) async throws {
        let rules = try ImportRules(folder: folder)
        var reader = EventReader(decoder: EventDecoder(context: rules.context))
        var batch = DraftBatch()
        var rejected: [RejectedEvent] = []
        reader.push(Array(events.utf8), into: &batch, rejected: &rejected)
        reader.finish(into: &batch, rejected: &rejected)
        if let fault = rejected.first { throw fault.refusal }
        _ = try await writer.append(batch, rules.appendOptions)
    }

    /// One event as a line.
    static func event(
        _ number: Int, _ type: String, of subject: String, at time: String, _ more: String = ""
    ) -> String {
        #"{"specversion":"1.0","id":"\#(number)","source":"/shop","type":\#(JSONString.quoted(type)),"#
            + #""subject":\#(JSONString.quoted(subject)),"time":"\#(time)","channel":"web"\#(more)}"# + "\n"
    }

    /// A small shop: six customers, two currencies, a complaint, points.
    static let shop: String = {
        var lines = ""
        var number = 0
        func add(_ type: String, _ subject: String, _ day: String, _ more: String = "") {
            number += 1
            lines += event(number, type, of: subject, at: "\(day)T10:00:00Z", more)
        }
        func order(_ subject: String, _ day: String, _ amount: String, _ currency: String = "EUR") {
            let total = #"{"amount":"\#(amount)","currency":"\#(currency)"}"#
            add("order.paid", subject, day, #","orderid":"o-\#(number + 1)","data":{"total":\#(total)}"#)
        }
        add("page.viewed", "cookie:7f3a", "2026-01-03", #","sessionid":"s-1""#)
        add("customer.identified", "cookie:7f3a", "2026-01-04", #","data":{"alias":"member:1042"}"#)
        for (day, amount) in [("2026-01-05", "120.00"), ("2026-02-01", "80.50"), ("2026-03-20", "49.90")] {
            add("product.viewed", "member:1042", day)
            order("member:1042", day, amount)
        }
        order("member:2001", "2025-06-11", "19.99")
        add("complaint.raised", "member:2001", "2025-06-20", #","caseid":"c-1","data":{"severity":"minor"}"#)
        add("survey.answered", "member:2001", "2025-06-25", #","data":{"scale":"csat","score":2,"max":5}"#)
        order("member:3000", "2026-03-01", "1250.00", "USD")
        order("member:3000", "2026-03-09", "99.00", "USD")
        add("member.enrolled", "member:4000", "2026-03-10")
        add("points.redeemed", "member:1042", "2026-03-25", #","data":{"points":30}"#)
        add("page.viewed", "cookie:anonymous", "2026-03-28")
        add("seat.chosen", "email:ada@example.com", "2026-03-29")
        return lines
    }()
}
