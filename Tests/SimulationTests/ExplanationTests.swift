import EventLog
import Foundation
import Policies
@testable import Projections
import Testing
import Touchpoints

@testable import Simulation

/// Explanations of random figures in random worlds: the listed events alone, folded by the slow model, give the figure, and
/// none of them can go.
struct ExplanationTests {
    @Test func `the listed events give the figure, and each of them is needed`() async throws {
        let count = ProcessInfo.processInfo.environment["SEEDS"].flatMap { Int($0) } ?? 40
        var judge = Judge()
        // In the last one a void makes a customer whole again whose step had failed.
        for seed in Array(1...count) + [128] {
            _ = try await WorldRun.run(World(seed: seed, views: Catalogue.simulated.names), .simulated) { run in
                for projector in run.catalogue.projectors {
                    // In some worlds nobody does anything that is folded.
                    try judge.judge(projector, in: run, seed: seed)
                }
            }
        }
        #expect(judge.figures > count)
        #expect(judge.listed > count)
        #expect(judge.views == Set(Catalogue.simulated.names))
        print("explained \(judge.figures) figures by \(judge.listed) events, of \(judge.events); \(judge.kinds)")
    }
}

private struct Judge {
    var figures = 0
    var listed = 0
    var events = 0
    var views: Set<String> = []
    var kinds: [String: Int] = [:]

    mutating func judge(_ projector: any Projector.Type, in run: WorldRun, seed: Int) throws {
        try judge(projector, of: run, seed)
    }

    private mutating func judge<P: Projector>(_: P.Type, of run: WorldRun, _ seed: Int) throws {
        var random = SeededRandom(seed: seed)
        guard run.log.strandCount > 0, P.partDescriptions.contains(where: { $0.name == Explanation.name }) else {
            return
        }
        let answers = try ViewAnswers(folder: run.folder, catalogue: run.catalogue)
        for _ in 0..<4 {
            let strand = StrandNumber(rawValue: UInt32(random.number(1...run.log.strandCount)))
            guard let alias = try run.log.alias(of: strand) else { continue }
            var question = Question(view: P.name, part: Explanation.name)
            question.customer = alias.description
            if random.once(in: 3) { question.asKnown = Position(UInt64(random.number(1...run.records.count))) }
            if random.once(in: 3) {
                let end = question.asKnown.map { Int($0.rawValue) } ?? run.records.count
                question.asOf = run.records[random.number(0...end - 1)].recorded
            }
            if let known = question.asKnown, try answers.knownStrand(named: alias.description, at: known) == nil {
                continue
            }
            try judge(P.self, question, answers, run, &random, "\(question) seed \(seed)")
        }
    }

    private mutating func judge<P: Projector>(
        _: P.Type, _ question: Question, _ answers: ViewAnswers, _ run: WorldRun, _ random: inout SeededRandom,
        _ place: String
    ) throws {
        var lines: [Line] = []
        let answer = try answers.answer(question) { lines.append(Line($0)) }
        let known = run.policies.filter { $0.position <= answer.position }
        // Until the next engine has rebuilt a view, answers come from under the policy before.
        guard P.order == .recorded || answer.policy == known.last?.position else { return }
        guard let shown = lines.filter({ $0.kind == .shown }).randomElement(by: &random) else { return }
        let own = lines.filter { $0.field == shown.field && $0.row == shown.row }
        for line in own { kinds[line.kind.rawValue, default: 0] += 1 }
        let listed = Set(own.filter { $0.kind == .event || $0.kind == .skipped }.compactMap(\.position))
        let part = try #require(P.parts.first { PartDescription.figureNames.contains($0.name) })
        let view = try answers.wholeView(P.self, at: answers.standpoint(answer.position, question.asOf))
        let customer = try answers.customer(named: question.customer!, at: answer.position)
        let reader = ViewReader(view)
        let query = Query(
            customer: customer, reference: view.fold.clock, options: part.options.isEmpty ? [:] : ["scores": "policy"])
        let rows = FigureRows(part, of: customer, in: view.fold, by: try part.ranked?(reader, query) ?? part.rows)

        // The model folds nothing but the listed events.
        var records = Array(run.records.prefix(Int(answer.position.rawValue)))
        for index in records.indices where !listed.contains(records[index].position) {
            records[index].isFolded = false
            // In occurred order a void is no step, and what is listed is not voided.
            if P.order == .recorded { records[index].voided = nil }
        }
        let canon = Canon(P.self, records, known, cut: question.asOf)
        var state: P.State?
        if let bytes = canon.states[customer.rawValue], !canon.setAside.contains(customer.rawValue) {
            var reader = ByteReader(bytes.span.bytes)
            state = try P.State(from: &reader)
        }
        let table = try rows(in: state)
        let column = try #require(part.columns.firstIndex { $0.name == shown.field })
        let key = table.keys.first { key in
            (key.isEmpty ? nil : key.map { $0.text ?? "" }.joined(separator: ",")) == shown.row
        }
        let value = key.map { table[Figure(key: $0, column: column)] } ?? .null
        #expect(value.text == shown.after, "\(shown.field) \(place)")

        // Nothing of what is listed can go.
        let all = try keys(of: rows, shown, in: view.fold)
        let figure = Figure(key: all.first { text($0) == shown.row } ?? [], column: column)
        let whole = try trail(of: figure, rows, view.fold, without: [])
        let unlisted = Set(run.records.map(\.position)).subtracting(listed)
        #expect(try trail(of: figure, rows, view.fold, without: unlisted) == whole, "\(shown.field) \(place)")
        for event in listed.sorted().prefix(6) {
            #expect(
                try trail(of: figure, rows, view.fold, without: unlisted.union([event])) != whole,
                "\(event) is not needed for \(shown.field), \(place)")
        }
        figures += 1
        self.listed += listed.count
        events += records.count
        views.insert(P.name)
    }

    private func text(_ key: [Value]) -> String? {
        key.isEmpty ? nil : key.map { $0.text ?? "" }.joined(separator: ",")
    }

    private func keys<P: Projector>(
        of rows: FigureRows<P>, _ line: Line, in fold: ViewFold<P>
    ) throws -> [[Value]] {
        var keys: [[Value]] = []
        try StepTrace(fold, rows.customer).run { _, _, state in
            for key in try rows(in: state()).keys where !keys.contains(key) { keys.append(key) }
        }
        return keys
    }

    /// Steps, values and reasons of a figure.
    private func trail<P: Projector>(
        of figure: Figure, _ rows: FigureRows<P>, _ fold: ViewFold<P>, without omitted: Set<Position>
    ) throws -> FigureTrail {
        let isSetAside = try StepTrace(fold, rows.customer, without: omitted).run { _, _, _ in }
        var trail = FigureTrail()
        try StepTrace(fold, rows.customer, without: omitted).run { moment, isOwn, state in
            guard isOwn else { return }
            _ = trail.take(moment.cause, moment.rules, isSetAside ? .null : try rows(in: state())[figure])
        }
        trail.finish(isSetAside: isSetAside)
        return trail
    }
}

/// A line of an explanation.
private struct Line {
    let kind: Explanation.Kind
    let row: String?
    let field: String
    let position: Position?
    let after: String?

    init(_ row: Row) {
        func text(_ name: String) -> String? { row[Explanation.columns.firstIndex { $0.name == name }!].text }
        kind = Explanation.Kind(rawValue: text("kind")!)!
        self.row = text("row")
        field = text("field") ?? ""
        position = text("position").flatMap { UInt64($0) }.map { Position($0) }
        after = text("after")
    }
}

extension Array {
    fileprivate func randomElement(by random: inout SeededRandom) -> Element? {
        isEmpty ? nil : self[random.number(0...count - 1)]
    }
}
