import Policies
public import Projections
import Touchpoints

extension Lifecycle {
    public static let parts: [Part<Lifecycle>] = [
        Part(
            "customers", columns: [.text("customer"), .text("stage"), .time("since"), .text("reason")],
            key: ["customer"], options: [.customer(required: false)], reach: .customer, rows: customers),
        Part(
            "stages",
            columns: [
                .text("stage"), .integer("customers"), .integer("population"), .number("share"), .integer("entered"),
                .integer("left"), .number("median_days", unit: "days"), .number("p95_days", unit: "days"),
            ], key: ["stage"], rows: stages),
        Part(
            "transitions",
            columns: [
                .text("from"), .text("to"), .integer("count"), .number("median_days", unit: "days"),
                .number("p95_days", unit: "days"),
            ], key: ["from", "to"], rows: transitions),
        Part(
            "history",
            columns: [.time("time"), .text("from"), .text("to"), .text("reason"), .integer("event")],
            key: ["time", "event"], options: [.customer(required: true)], reach: .customer, rows: history),
    ]
}

/// Rows.
extension Lifecycle {
    /// By customer number.
    private static func customers(_ view: ViewReader<Lifecycle>, _ query: Query, _ emit: (Row) throws -> Void) throws {
        try view.forEachCustomer(of: query) { customer, state in
            let index = Int(state.stage) - 1
            try emit([
                .text(try view.name(of: customer)), .text(view.projector.stageNames[index]), .time(state.since),
                .text(view.projector.reasons[index][Int(state.alternative)]),
            ])
        }
    }

    /// Every stage of the policy in its order. `share` is `customers` / `population`; `entered` and `left` count
    /// changes since the beginning; the days are those of stays that have ended.
    private static func stages(_ view: ViewReader<Lifecycle>, _ query: Query, _ emit: (Row) throws -> Void) throws {
        let stages = view.policy.lifecycle.stages
        let population = view.cells(in: Table.customers).reduce(0) { $0 + $1.total }
        var entered = [Int128](repeating: 0, count: stages.count + 1)
        var left = entered
        for (cell, count) in view.cells(in: Table.changes) {
            left[Int(cell.a >> 8)] += count
            entered[Int(cell.a & 0xFF)] += count
        }
        var stays = [TimeHistogram](repeating: TimeHistogram(), count: stages.count + 1)
        for (cell, count) in view.cells(in: Table.stays) { stays[Int(cell.a >> 8)].add(Int64(count), to: cell.b) }
        for (index, stage) in stages.enumerated() {
            let number = index + 1
            let customers = view.total(Cell(Table.customers, UInt64(number)))
            try emit([
                .text(stage.name), .integer(Int64(customers)), .integer(Int64(population)),
                population == 0 ? .null : .number(Double(customers) / Double(population)),
                .integer(Int64(entered[number])), .integer(Int64(left[number])), days(stays[number], percent: 50),
                days(stays[number], percent: 95),
            ])
        }
    }

    /// Changes that happened, by the order of the stages in the policy; `from` is null where a customer came new.
    /// The days are those spent in `from`.
    private static func transitions(
        _ view: ViewReader<Lifecycle>, _ query: Query, _ emit: (Row) throws -> Void
    ) throws {
        let stages = view.policy.lifecycle.stages
        var stays: [UInt64: TimeHistogram] = [:]
        for (cell, count) in view.cells(in: Table.stays) {
            stays[cell.a, default: TimeHistogram()].add(Int64(count), to: cell.b)
        }
        for (cell, count) in view.cells(in: Table.changes) {
            let stay = stays[cell.a] ?? TimeHistogram()
            try emit([
                name(UInt8(truncatingIfNeeded: cell.a >> 8), stages), name(UInt8(truncatingIfNeeded: cell.a), stages),
                .integer(Int64(count)), days(stay, percent: 50), days(stay, percent: 95),
            ])
        }
    }

    /// The stages of one customer in the order of time; `event` is the position of the event at which it came to one,
    /// null where a day had begun.
    private static func history(_ view: ViewReader<Lifecycle>, _ query: Query, _ emit: (Row) throws -> Void) throws {
        guard let customer = query.customer, try view.state(of: customer) != nil else { return }
        let stages = view.policy.lifecycle.stages
        var stage = State().stage
        try view.forEachStep(of: customer) { step in
            guard step.after.stage != stage else { return }
            defer { stage = step.after.stage }
            try emit([
                .time(step.time), name(stage, stages), name(step.after.stage, stages),
                .text(stages[Int(step.after.stage) - 1].reason(alternative: Int(step.after.alternative))),
                step.event.map { .integer(Int64($0.rawValue)) } ?? .null,
            ])
        }
    }

    private static func name(_ stage: UInt8, _ stages: [LifecyclePolicy.Stage]) -> Value {
        stage == 0 ? .null : .text(stages[Int(stage) - 1].name)
    }

    /// In days, to four digits behind the point: quantiles are no more exact than their bins.
    private static func days(_ stays: TimeHistogram, percent: Int64) -> Value {
        stays.quantile(percent: percent).map { .number((Double($0.microseconds) / 8_640_000).rounded() / 10_000) }
            ?? .null
    }
}
