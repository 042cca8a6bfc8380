import Ingest
import Projections
import Touchpoints
import Wayfold

/// A till that keeps its own log: it stores what is rung up, and knows what a customer can spend.
public actor Till {
    private let session: WriteSession
    private let views: OpenViews

    /// - Parameter worker: the program that folds the views; nil: this one.
    public init(at path: String, worker: [String]? = nil) async throws {
        session = try await WriteSession.open(path: path, worker: worker)
        views = try OpenViews(folder: session.folder, catalogue: .standard)
    }

    /// Stores events, each a line of CloudEvents JSON; returns what became of them when they are on disk.
    public func store(_ lines: String) async throws -> [Verdict] {
        let rules = try ImportRules(folder: session.folder)
        var reader = EventReader(decoder: EventDecoder(context: rules.context))
        var (batch, rejected) = (DraftBatch(), [RejectedEvent]())
        reader.push(Array(lines.utf8), into: &batch, rejected: &rejected)
        reader.finish(into: &batch, rejected: &rejected)
        if let first = rejected.first { throw first }
        return try await session.append(batch)
    }

    /// The points of a customer's balance, by all that was stored before.
    public func points(of customer: String) throws -> Int64 {
        var question = Question(view: "loyalty", part: "members")
        question.customer = customer
        var points: Int64 = 0
        try views.answer(question) { row in
            if case .integer(let balance) = row[1] { points = balance }
        }
        return points
    }

    /// Folds what was stored, and gives the folder up.
    public func close() async throws { try await session.finish() }
}
