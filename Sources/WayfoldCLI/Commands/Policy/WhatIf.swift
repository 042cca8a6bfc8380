import Projections
import Touchpoints
import Wayfold

/// What a policy would change if it were activated now.
struct WhatIf {
    /// Of every view, as it would answer behind the activation.
    let atOnce: DifferenceTotals
    /// Of ledgers, had it been in force from the start: what it does to them comes with what is booked under it.
    let fromTheStart: DifferenceTotals

    var changesNothing: Bool { atOnce.valueCount + fromTheStart.valueCount == 0 }

    /// Nil where there is no log yet. Folds every view from the start, in memory.
    init?(_ policy: SupposedPolicy, _ data: DataOption) throws {
        guard let folder = try data.openIfThere() else { return nil }
        let catalogue = WayfoldProgram.catalogue
        let live = try ViewAnswers(folder: folder, catalogue: catalogue)
        guard live.head > .start else { return nil }
        let progress = Progress("folding the views under the policy", unit: "events")
        defer { progress.end() }
        func totals(from position: Position, in views: [String]) throws -> DifferenceTotals {
            var active = try policy.active
            active.position = position
            let supposed = try ViewAnswers(
                folder: folder, catalogue: catalogue, scenario: Scenario(position: live.head, policy: active),
                keptAt: nil)
            progress.follow(supposed, viewCount: views.count)
            return try Differences(from: live, at: live.head, to: supposed).forEach(in: views) { _ in }
        }
        atOnce = try totals(from: live.head, in: catalogue.names)
        let ledgers = catalogue.projectors.filter { $0.order == .recorded }.map { $0.name }
        fromTheStart = try totals(from: policy.position, in: ledgers)
    }
}

extension Report {
    /// Null where nothing was worked out.
    static func what(moved totals: DifferenceTotals?) -> Report {
        guard let totals else { return .value(.null) }
        return .fields([
            ("values", .integer(totals.valueCount)), ("moved", .rows(DifferenceTotals.columns, totals.rows)),
        ])
    }
}
