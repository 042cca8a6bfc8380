import Projections
import Synchronization
import Testing

@testable import Wayfold

/// A folder with orders and visits, which some tests read.
struct Shop {
    let scratch: Scratch
    let folder: DataFolder

    /// - Parameter catalogue: of the answers.
    init(_ scratch: Scratch, customers: Int = 30) async throws {
        self.scratch = scratch
        var text = ""
        for index in 0..<customers * 6 {
            let day = index % 28 + 1
            let isOrder = index % 3 == 0
            // A name that must be quoted, and currencies with other digits.
            let currency = ["EUR", "JPY", "KWD"][index / 3 % 3]
            let amount = ["\(index % 40).50", "\(index)", "\(index).125"][index / 3 % 3]
            text += Sample.event(
                "e\(index)", type: isOrder ? "order.paid" : "page.viewed",
                subject: #"member:m,\"\#(index * 7 % customers)"#,
                time: "2020-0\(index / 60 % 9 + 1)-\(day < 10 ? "0" : "")\(day)T10:00:00Z",
                more: isOrder ? #""orderid":"o\#(index)","# : "",
                data: isOrder ? #"{"total":{"amount":"\#(amount)","currency":"\#(currency)"}}"# : "{}")
        }
        let file = try scratch.file("events.ndjson", text)
        _ = try await Importer.run(file, into: scratch.data) { $0.isClockOccurred = true }
        folder = try DataFolder(openingAt: scratch.data)
    }

    func answers(_ catalogue: Catalogue = .standard) throws -> ViewAnswers {
        try ViewAnswers(folder: folder, catalogue: catalogue)
    }
}
