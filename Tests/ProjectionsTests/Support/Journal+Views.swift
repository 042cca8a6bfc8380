import EventLog
import Touchpoints

@testable import Projections

extension Journal {
    /// Folds the views to the head as the owner of the folder does, and writes them back.
    func fold(_ projectors: [any Projector.Type], isAccused: Bool = false) throws {
        let engine = try FoldEngine(folder: folder, catalogue: Catalogue(projectors), isAccused: isAccused)
        _ = try engine.catchUp()
        try engine.close()
    }

    /// The rows of a view's first part, and where they stand.
    func ask(_ projector: any Projector.Type, asOf: Timestamp? = nil) throws -> (rows: [Row], answer: Answer) {
        var question = Question(view: projector.name)
        question.asOf = asOf
        var rows: [Row] = []
        let answers = try ViewAnswers(folder: folder, catalogue: Catalogue([projector]))
        let answer = try answers.answer(question) { rows.append($0) }
        return (rows, answer)
    }

    /// What the slow folds find wrong with a view.
    func check(_ projector: any Projector.Type) throws -> [String] {
        try ViewAnswers(folder: folder, catalogue: Catalogue([projector])).check(view: projector.name)
            .map(\.description)
    }

    func views<P: Projector>(of _: P.Type) -> ViewFolder { ViewFolder(path: folder.viewsPath + "/" + P.name) }

    /// Opens a generation as the engine does.
    func generation<P: Projector>(_: P.Type, _ number: Int, isAccused: Bool = false) throws -> Generation<P> {
        let policies = try policies(through: log.head)
        return try Generation(
            folder: views(of: P.self), number: number, log: log,
            policies: P.order == .recorded ? policies : policies.suffix(1), isAccused: isAccused)
    }
}
