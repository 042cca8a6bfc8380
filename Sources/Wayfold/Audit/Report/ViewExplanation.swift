import Projections
package import Touchpoints

/// Why a view says of a customer what it says: the lines of its `explanation`, those of one step together.
package struct ViewExplanation {
    /// What a step has done to one figure; both are the same where it is needed for what comes behind it.
    package struct Change {
        package let figure: String
        package let before: String?
        package let after: String?
    }

    package struct Step {
        /// As the explanation has it: `event`, `wake-up`, `voided` ...
        package let kind: String
        package let time: Timestamp
        /// nil: a wake-up.
        package let position: Position?
        package let type: String?
        package let rules: String?
        /// A number of ``PolicyPassages``.
        package let passage: Int?
        package fileprivate(set) var changes: [Change] = []
    }

    /// The last of a page; there may have been more.
    package static let stepsMax = 100

    package let view: String
    /// In the order in which they were taken.
    package private(set) var steps: [Step] = []
    package private(set) var omittedStepCount = 0
    /// What of the policy the answer itself goes by, figure by figure.
    package private(set) var shown: [(figure: String, passage: Int)] = []
    /// Figures of which not every event was tried: some may not be needed.
    package private(set) var unproved: [String] = []
    /// The decisions that made the customer of its strands: position and what was decided.
    package private(set) var decisions: [(position: Position, decision: String)] = []

    /// Asks the view; O(events² of the customer), within the limit of explanations.
    ///
    /// - Parameter question: with customer and standpoint; its view has figures.
    /// - Throws: `UnexplainedError` where the steps do not give what the view shows.
    init(_ question: Question, _ answers: ViewAnswers, _ passages: inout PolicyPassages) throws {
        view = question.view
        var question = question
        question.part = "explanation"
        let order = StepOrder(answers.log, try answers.catalogue.projector(named: view).order)
        var steps: [StepOrder.Key: Step] = [:]
        var numbered = passages
        let columns = try answers.catalogue.columns(of: question)
        try answers.answer(question) { row in
            let line = ExplanationLine(columns, row)
            let passage = line.passage.map { numbered.number(of: $0) }
            guard let figure = line.figure else {
                return decisions.append((line.position ?? .start, line["rules"] ?? ""))
            }
            if line.kind == "shown" {
                if let passage { shown.append((figure, passage)) }
                if line["rules"] != nil { unproved.append(figure) }
                return
            }
            let change = Change(figure: figure, before: line["before"], after: line["after"])
            let step = Step(
                kind: line.kind, time: line.time, position: line.position, type: line["type"], rules: line["rules"],
                passage: passage)
            steps[try order.key(of: step), default: step].changes.append(change)
        }
        passages = numbered
        let sorted = steps.sorted { $0.key < $1.key }.map(\.value)
        omittedStepCount = max(0, sorted.count - Self.stepsMax)
        self.steps = Array(sorted.suffix(Self.stepsMax))
    }

    /// The records that the report names here.
    var positions: [Position] { steps.compactMap(\.position) + decisions.map(\.position) }
}

/// One line of an explanation, by the names of its columns.
private struct ExplanationLine {
    private let columns: [Column]
    private let row: Row

    init(_ columns: [Column], _ row: Row) { (self.columns, self.row) = (columns, row) }

    subscript(_ name: String) -> String? { value(name).text }

    private func value(_ name: String) -> Value {
        columns.firstIndex { $0.name == name }.map { row[$0] } ?? .null
    }

    private func position(_ name: String) -> Position? {
        if case .integer(let number) = value(name) { Position(UInt64(number)) } else { nil }
    }

    var kind: String { self["kind"] ?? "" }
    var position: Position? { position("position") }

    var time: Timestamp { if case .time(let time) = value("time") { time } else { .distantPast } }

    /// nil: the line is about all of them.
    var figure: String? { self["field"].map { field in self["row"].map { "\(field) \($0)" } ?? field } }

    var passage: PolicyPassages.Passage? {
        guard let policy = position("policy"), let text = self["policy_text"] else { return nil }
        return PolicyPassages.Passage(policy: policy, text: text)
    }
}
