import Digests
import Touchpoints

/// All that a view holds at one position, for those who compare it with what it should hold.
package struct ViewImage: Sendable {
    package var position: Position
    package var clock: Timestamp
    /// The position of the policy that it is folded under; in recorded order, of the newest.
    package var policy: Position
    /// The bytes of each customer's state, by number.
    package var states: [UInt32: [UInt8]] = [:]
    package var setAside: Set<UInt32> = []
    package var totals: [Cell: Int128] = [:]
    package var labels: [Cell: [UInt8]] = [:]
    package var digest: Digest256

    /// O(customers + cells log cells).
    init<P: Projector>(_ fold: ViewFold<P>) throws {
        position = fold.checkpoint
        clock = fold.clock
        policy = fold.schedule.active(at: fold.checkpoint).position
        digest = try fold.digest()
        for number in fold.table.pages.indices {
            try fold.table.look(at: number) { slots in
                for (index, slot) in slots.enumerated() where slot.isPresent {
                    let customer = UInt32(number * PageTable<P.State>.pageSize + index)
                    var writer = ByteWriter()
                    slot.state.encode(into: &writer)
                    states[customer] = writer.bytes
                    if slot.isSetAside { setAside.insert(customer) }
                }
            }
        }
        for (cell, total) in fold.cells.sorted() { totals[cell] = total }
        labels = fold.cells.labels.filter { totals[$0.key] != nil }
    }
}

extension ViewAnswers {
    /// What an answer to the question would be made from.
    package func image(for question: Question) throws -> ViewImage {
        func image<P: Projector>(_ projector: P.Type) throws -> ViewImage {
            let standpoint = try standpoint(of: question)
            let past = try standpoint.map { try wholeView(projector, at: $0).fold }
            return try ViewImage(past ?? asking(projector).openWhole().fold)
        }
        return try image(catalogue.projector(named: question.view))
    }
}
