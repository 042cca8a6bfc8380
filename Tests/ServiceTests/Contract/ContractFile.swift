import Foundation

/// The contract as lines: its layout is plain enough that no reader of YAML is needed.
struct ContractFile {
    let lines: [Substring]
    /// The lines of each operation by its method and path: `get /v1/events`.
    let operations: [String: [Substring]]

    init() throws {
        let file = URL(filePath: #filePath).appending(path: "../../../../Schemas/openapi.yaml").standardizedFileURL
        lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
        var operations: [String: [Substring]] = [:]
        var path = ""
        var name: String?
        for line in lines {
            let word = line.drop { $0 == " " }
            switch line.count - word.count {
            case 2 where word.hasPrefix("/"):
                path = String(word.dropLast())
                name = nil
            case 4 where !path.isEmpty && !word.isEmpty:
                name = "\(word.dropLast()) \(path)"
                operations[name!] = []
            case 0 where !word.isEmpty: path = ""
            default: if !path.isEmpty, let name { operations[name]?.append(line) }
            }
            if path.isEmpty { name = nil }
        }
        self.operations = operations
    }

    /// The kinds of problems that are named.
    var kinds: Set<String> {
        var kinds: Set<String> = []
        for word in lines.joined(separator: " ").split(separator: "`") { kinds.insert(String(word)) }
        return kinds
    }
}
