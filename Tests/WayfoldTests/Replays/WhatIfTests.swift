import Foundation
import Ingest
import Projections
import Testing
import Touchpoints

@testable import Wayfold

/// What a policy would have made of real purchases, held against the world in which it was in force: both are imported, and
/// their answers subtracted.
struct WhatIfTests {
    private static let policies = [
        """
        loyalty:
          earn: {pointsPerUnit: 2.5, rounding: nearest}
          pendingDays: 30
          expiresAfterDays: 180
          tiers:
            windowDays: 90
            graceDays: 20
            levels: [{name: basic, min: 0}, {name: silver, min: 200}, {name: platinum, min: 900}]
        """,
        """
        timeZone: America/New_York
        lifecycle:
          stages:
            - {name: prospect, when: {orders: {max: 0}}}
            - {name: lost, when: {daysSinceLastOrder: {min: 200}}}
            - {name: regular, when: {orders: {min: 3}}}
            - {name: developing}
        """,
        """
        journey: {sessionGap: 700h}
        rfm:
          scores: ntile
          quantiles: 3
          segments:
            - {name: Best, r: 3, f: 2-3, m: 2-3}
            - {name: Middle, r: 2-3}
            - {name: Rest, r: 1}
        """,
    ]

    @Test func `a what-if is the other world less this one`() async throws {
        let scratch = try Scratch()
        // In each a policy is activated, so that positions are the same.
        let here = try await Self.world(scratch.path + "/here", under: "timeZone: UTC")
        for (index, policy) in Self.policies.enumerated() {
            let there = try await Self.world(scratch.path + "/\(index)", under: policy)
            try compare(here, there, policy)
        }
    }

    private func compare(_ here: ViewAnswers, _ there: ViewAnswers, _ policy: String) throws {
        let whatIf = try ViewAnswers(
            folder: here.folder, catalogue: .standard,
            scenario: Scenario(position: here.head, policy: SupposedPolicy(yaml: policy).active), keptAt: nil)
        var found: Set<Row> = []
        let totals = try Differences(from: here, to: whatIf).forEach(in: here.catalogue.names) {
            #expect(found.insert($0).inserted)
        }
        var expected: Set<Row> = []
        var moved: Set<Row> = []
        for part in here.catalogue.parts {
            guard let key = part.key, !part.options.contains(where: \.isRequired) else { continue }
            let places = part.columns.indices.filter { key.contains(part.columns[$0].name) }
            let before = try Self.table(part, by: places, here)
            let after = try Self.table(part, by: places, there)
            expected.formUnion(Self.subtract(part, before, after))
            if part.holdsFigures { moved.formUnion(Self.moves(part, before, after)) }
        }
        #expect(found == expected)
        #expect(totals.valueCount == found.count && found.count > 500)
        let rows = totals.rows.map { row in row.map { value in value.text.map { Value.text($0) } ?? .null } }
        #expect(Set(rows) == moved)
        #expect(rows.count == moved.count && rows.count > 3)
    }

    /// The purchases of CDNOW's sample, imported as they happened under a policy.
    private static func world(_ path: String, under policy: String) async throws -> ViewAnswers {
        let fixtures = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Fixtures")
            .standardized
        let mapping = try CSVMapping(
            yaml: String(contentsOf: fixtures.appending(path: "CSV/cdnow-sample.yaml"), encoding: .utf8))
        let session = try await WriteSession.open(path: path, worker: FakeWorker.idle)
        _ = try await session.activatePolicy(yaml: policy)
        try await session.finish()
        let (summary, _) = try await Importer.run(
            fixtures.appending(path: "cdnow/CDNOW_sample.txt").path, into: path
        ) {
            $0.format = .csv(mapping, .utc)
            $0.isClockOccurred = true
        }
        #expect(summary.new == 6_919)
        return try ViewAnswers(folder: DataFolder(openingAt: path), catalogue: .standard)
    }

    private typealias Table = [[String]: Row]

    private static func table(_ part: PartDescription, by key: [Int], _ answers: ViewAnswers) throws -> Table {
        var table: Table = [:]
        try answers.answer(Question(view: part.view, part: part.name)) { row in
            let old = table.updateValue(row, forKey: key.map { row[$0].text ?? "" })
            #expect(old == nil, "\(part.path)")
        }
        return table
    }

    private static func subtract(_ part: PartDescription, _ before: Table, _ after: Table) -> Set<Row> {
        var differences: Set<Row> = []
        for name in Set(before.keys).union(after.keys) {
            for (index, column) in part.columns.enumerated() where !part.key!.contains(column.name) {
                let (old, new) = (before[name]?[index].text, after[name]?[index].text)
                guard old != new else { continue }
                differences.insert(
                    [part.view, part.name, name.joined(separator: ","), column.name, old, new].map {
                        $0.map { .text($0) } ?? .null
                    })
            }
        }
        return differences
    }

    /// In texts, by counting, and adding up in cents what has a point.
    private static func moves(_ part: PartDescription, _ before: Table, _ after: Table) -> Set<Row> {
        struct Group: Hashable {
            var name, column, old, new: String?
        }
        var counts: [Group: Int] = [:]
        var sums: [Group: (before: Int, after: Int)] = [:]
        for (index, column) in part.columns.enumerated() where !part.key!.contains(column.name) {
            for name in Set(before.keys).union(after.keys) {
                let (old, new) = (before[name]?[index].text, after[name]?[index].text)
                let others = name.dropFirst().joined(separator: ",")
                var group = Group(name: others.isEmpty ? nil : others, column: column.name)
                if column.kind == .integer || column.kind == .decimal {
                    sums[group, default: (0, 0)].before += old.map { Int($0.replacing(".", with: ""))! } ?? 0
                    sums[group, default: (0, 0)].after += new.map { Int($0.replacing(".", with: ""))! } ?? 0
                } else if column.kind == .text {
                    (group.old, group.new) = (old, new)
                }
                let isNothing = column.kind == .integer && (old ?? "0") == (new ?? "0")
                if old != new, !isNothing { counts[group, default: 0] += 1 }
            }
        }
        return Set(
            counts.map { group, count in
                let scale = group.column == "monetary" ? 2 : 0
                func text(_ sum: Int) -> String { Value.decimalText(Int128(sum), scale: scale) }
                let sum = sums[group]
                let texts: [String?] = [
                    part.view, group.name, group.column, sum.map { text($0.before) } ?? group.old,
                    sum.map { text($0.after) } ?? group.new, sum.map { text($0.after - $0.before) }, "\(count)",
                ]
                return texts.map { $0.map { .text($0) } ?? .null }
            })
    }
}

extension PartOption {
    fileprivate var isRequired: Bool {
        switch self {
        case .customer(let required), .text(_, let required): required
        case .choice: false
        }
    }
}
