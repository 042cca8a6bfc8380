import Testing
import Touchpoints

@testable import Projections

struct MovedFiguresTests {
    private static let columns: [Column] = [
        .text("customer"), .text("currency"), .text("tier"), .integer("points"), .decimal("spent"), .time("since"),
        .number("rate"),
    ]

    private func row(_ customer: String, _ currency: String, _ tier: String?, _ points: Int64, _ cents: Int128) -> Row {
        [
            .text(customer), .text(currency), tier.map { .text($0) } ?? .null, .integer(points),
            .decimal(units: cents, scale: 2), .time(.epoch), .number(0.5),
        ]
    }

    @Test func `words move, numbers are added up, by the rest of the key`() {
        let before = [
            row("a", "EUR", "basic", 10, 1_000), row("b", "EUR", "basic", 20, 500), row("c", "EUR", "gold", 30, 0),
            row("a", "USD", "basic", 5, 7),
        ]
        let after = [
            row("a", "EUR", "silver", 15, 1_000), row("b", "EUR", "silver", 20, 450), row("a", "USD", nil, 5, 7),
        ]
        var moved = MovedFigures(Self.columns, key: [0, 1])
        #expect(moved.isEmpty)
        moved.note(before[0], after[0])
        moved.note(before[1], after[1])
        moved.note(before[3], after[2])
        for row in before { moved.add(row) }
        let texts = moved.rows.map { $0.map { $0.text ?? "-" }.joined(separator: " ") }
        #expect(
            texts == [
                "EUR tier basic silver - 2", "USD tier basic - - 1", "EUR points 60 65 5 1",
                "EUR spent 15.00 14.50 -0.50 1",
            ])
    }

    @Test func `customers who come and go count in full`() {
        var moved = MovedFigures(Self.columns, key: [0, 1])
        moved.note(nil, row("a", "EUR", "basic", 10, 0))
        moved.note(row("b", "EUR", "basic", 4, 2), nil)
        moved.add(row("b", "EUR", "basic", 4, 2))
        let texts = moved.rows.map { $0.map { $0.text ?? "-" }.joined(separator: " ") }
        #expect(
            texts == [
                "EUR tier - basic - 1", "EUR tier basic - - 1", "EUR points 4 10 6 2", "EUR spent 0.02 0.00 -0.02 1",
                "EUR since - - - 2", "EUR rate - - - 2",
            ])
    }

    @Test func `what does not fit is not added up`() {
        let columns: [Column] = [.text("customer"), .decimal("sum")]
        var moved = MovedFigures(columns, key: [0])
        moved.note([.text("a"), .decimal(units: .max, scale: 0)], [.text("a"), .decimal(units: 1, scale: 2)])
        #expect(moved.rows == [[.null, .text("sum"), .null, .null, .null, .integer(1)]])
    }
}
