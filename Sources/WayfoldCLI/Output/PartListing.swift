import Projections
import Wayfold

/// What can be asked: every part of every view with its columns and options.
struct PartListing {
    let parts: [PartDescription]

    private static let columns: [Column] = [.text("part"), .text("columns"), .text("options"), .text("key")]

    init(_ parts: [PartDescription]) { self.parts = parts }

    /// Rows, or for people a paragraph a part.
    func write(as format: FormatOption) throws {
        guard format.chosen == .table else {
            return try format.write(Self.columns) { emit in
                for part in parts {
                    try emit([
                        .text(part.path), .text(part.columnNames), .text(part.optionTexts),
                        part.key.map { .text($0.joined(separator: ",")) } ?? .null,
                    ])
                }
            }
        }
        let output = TextOutput()
        for part in parts {
            try output.writeLine(part.path + (part.options.isEmpty ? "" : "  " + part.optionTexts))
            try output.writeLine("    " + part.columnNames)
        }
        try output.flush()
    }
}

extension PartDescription {
    fileprivate var columnNames: String { columns.map(\.name).joined(separator: ",") }

    fileprivate var optionTexts: String {
        options.map { option in
            let (text, isRequired) =
                switch option {
                case .customer(let required): ("--customer ALIAS", required)
                case .choice(let name, let words): ("--\(name) \(words.joined(separator: "|"))", false)
                case .text(let name, let required): ("--\(name) TEXT", required)
                }
            return isRequired ? text : "[\(text)]"
        }.joined(separator: " ")
    }
}
