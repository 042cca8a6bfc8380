import ArgumentParser
import Wayfold

/// The rows of one customer in a view, one customer after the other, in this process.
struct Lookup: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Ask for one customer of a view, again and again.")

    @Argument(help: "A data folder with its views.")
    var data: String

    @Argument(help: "How many customers there are to ask for: member:00000001 and on.")
    var customers: Int

    @Option(help: "How long to ask.")
    var seconds = 2.0

    func run() throws {
        let answers = try ViewAnswers(folder: DataFolder(openingAt: data), catalogue: .standard)
        var question = Question(view: "lifecycle", part: "customers")
        var asked = 0
        var rows = 0
        let start = ContinuousClock.now
        var random = SystemRandomNumberGenerator()
        while Measured.seconds(since: start) < seconds {
            let digits = String(Int.random(in: 1...customers, using: &random))
            question.customer = "member:" + String(repeating: "0", count: 8 - digits.count) + digits
            // A customer without an event is not known, which is an answer as well.
            _ = try? answers.answer(question) { _ in rows += 1 }
            asked += 1
        }
        var figures = Figures()
        figures.add("rate", Double(asked) / Measured.seconds(since: start))
        figures.add("rows", rows)
        figures.print()
    }
}
