import Foundation

/// The files of the project as they lie on disk.
enum SourceTree {
    static let root = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL

    struct File: Sendable, CustomStringConvertible {
        /// From the top of the tree: `Sources/LMDB/LMDBError.swift`.
        let path: String
        let text: String

        /// The target whose file it is: `LMDB`.
        var target: String { String(path.split(separator: "/")[1]) }
        var description: String { path }

        var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
        /// The lines without what is behind `//`.
        var codeLines: [Substring] { lines.map { $0[..<($0.range(of: "//")?.lowerBound ?? $0.endIndex)] } }

        /// The modules that it imports.
        var imports: [String] {
            codeLines.compactMap { line in
                let words = line.split(separator: " ")
                guard let index = words.firstIndex(of: "import"), index < 3, index + 1 < words.count else { return nil }
                return String(words[index + 1])
            }
        }
    }

    /// The files below a folder that are text, without fixtures.
    static func files(in folder: String, ending: String = "") throws -> [File] {
        let base = root.appending(path: folder)
        let names = try FileManager.default.subpathsOfDirectory(atPath: base.path())
        return try names.sorted().compactMap { name in
            let url = base.appending(path: name)
            guard name.hasSuffix(ending), !name.contains("Fixtures/"), !name.hasSuffix(".gz"),
                try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true
            else { return nil }
            return File(path: "\(folder)/\(name)", text: try String(contentsOf: url, encoding: .utf8))
        }
    }

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// The names of what lies in a folder.
    static func names(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path()).sorted()
    }

    static let sources = Result { try files(in: "Sources", ending: ".swift") }
}
