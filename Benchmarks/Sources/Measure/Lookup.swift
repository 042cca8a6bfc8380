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
        let views = try OpenViews(folder: DataFolder(openingAt: data), catalogue: .standard)
        // Customers that have no event are not known; whoever asks a cache asks for what is in it.
        let names = try (1...customers).map(Self.name).filter { try Self.rowCount(of: $0, in: views) > 0 }
        var figures = Figures()
        figures.add("rate", try rate(asking: names, in: views))
        figures.add("customers", names.count)
        figures.print()
    }

    /// Questions a second.
    private func rate(asking names: [String], in views: OpenViews) throws -> Double {
        var state: UInt64 = 1
        var asked = 0
        let start = ContinuousClock.now
        while Measured.seconds(since: start) < seconds {
            for _ in 0..<1_000 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let name = names[Int((state >> 33) % UInt64(names.count))]
                guard try Self.rowCount(of: name, in: views) == 1 else { throw ValidationError("\(name) has no row") }
            }
            asked += 1_000
        }
        return Double(asked) / Measured.seconds(since: start)
    }

    private static func rowCount(of name: String, in views: OpenViews) throws -> Int {
        var question = Question(view: "lifecycle", part: "customers")
        question.customer = name
        var rows = 0
        do { try views.answer(question) { _ in rows += 1 } } catch is QueryError {}
        return rows
    }

    private static func name(_ number: Int) -> String {
        let digits = String(number)
        return "member:" + String(repeating: "0", count: 8 - digits.count) + digits
    }
}
