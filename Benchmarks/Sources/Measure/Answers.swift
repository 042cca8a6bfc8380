import ArgumentParser
import Foundation
import RivalsJob
import Wayfold

/// Writes what the views of the rivals' job answer, in the rivals' order and spelling.
struct Answers: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Write the answers of the rivals' job as files.")

    @Argument(help: "A data folder in which the job was rebuilt.")
    var data: String

    @Argument(help: "Where to write rfm.csv, edges.csv, points.csv and stages.csv.")
    var folder: String

    func run() throws {
        let answers = try ViewAnswers(folder: DataFolder(openingAt: data), catalogue: RivalsJob.catalogue)
        for name in ["rfm", "edges", "points", "stages"] {
            var question = Question(view: "job" + name)
            if name == "rfm" { question.options["names"] = "alias" }
            var rows: [(Int64, String)] = []
            try answers.answer(question) { row in
                let key: Int64 = if case .integer(let number) = row[0] { number } else { 0 }
                rows.append((key, row.map(Self.text).joined(separator: ",")))
            }
            rows.sort { $0.0 != $1.0 ? $0.0 < $1.0 : $0.1 < $1.1 }
            let text = rows.map { $0.1 + "\n" }.joined()
            try text.write(toFile: folder + "/\(name).csv", atomically: false, encoding: .utf8)
        }
    }

    private static func text(_ value: Value) -> String {
        switch value {
        case .integer(let number): "\(number)"
        case .text(let text): text
        default: "\(value)"
        }
    }
}
