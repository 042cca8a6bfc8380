import Foundation
public import Projections

/// Where an export goes: a folder with a file a part, or one file.
public struct ExportTarget: Sendable, Equatable {
    /// Without a slash at its end.
    public let path: String
    public let format: ExportFormat
    public let isFolder: Bool

    /// - Parameters:
    ///   - path: a file by its ending `.csv`, `.ndjson` or `.sqlite`, else a folder.
    ///   - format: of the files of a folder, `csv` where it is nil; of one file its ending says it.
    /// - Throws: ``QueryError`` for an ending that stands for no format, and a format that a file or folder cannot have.
    public init(_ path: String, format: ExportFormat? = nil) throws(QueryError) {
        let name = path.split(separator: "/").last.map(String.init) ?? ""
        guard !name.isEmpty, name != ".", name != ".." else { throw QueryError("\"\(path)\" names no new place") }
        var plain = path[...]
        while plain.last == "/" { plain.removeLast() }
        self.path = String(plain)
        let ending = name.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last.map(String.init)
        if path.last == "/" || ending == nil || Self.isFolder(path) {
            guard format != .sqlite else { throw QueryError("a database is one file: name it \(self.path).sqlite") }
            (self.format, isFolder) = (format ?? .csv, true)
            return
        }
        guard let own = ExportFormat(rawValue: ending!) else {
            throw QueryError(
                "an export is a folder, or a file whose name ends with .csv, .ndjson or .sqlite; a folder whose name has "
                    + "a point in it is written \(path)/")
        }
        guard format == nil || format == own else { throw QueryError("\(path) is no file of \(format!.rawValue)") }
        (self.format, isFolder) = (own, false)
    }

    /// The name of the file of a part; of one file its own.
    func fileName(of part: PartDescription) -> String {
        isFolder ? "\(part.view).\(part.name).\(format.rawValue)" : name
    }

    /// Where the manifest lies when the export is whole: in the folder, or beside the file.
    public var manifestPath: String { isFolder ? path + "/" + Self.manifestName : path + "." + Self.manifestName }

    static let manifestName = "manifest.json"

    /// The name of the folder or file itself.
    var name: String { String(path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...]) }

    /// The folder that it lies in.
    var parent: String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// - Throws: ``ExportError`` where something stands at the path that no export made, and that is not a file to be
    ///   replaced.
    func checkReplaceable() throws {
        guard isFolder else { return }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            if access(path, F_OK) == 0 { throw ExportError("\(path) is no folder that can be read") }
            return
        }
        let known = (ExportManifest(of: self)?.files.map(\.name) ?? []) + [Self.manifestName]
        if let other = names.sorted().first(where: { !known.contains($0) }) {
            throw ExportError("\(path) holds \(other), which is no part of an export: name another folder")
        }
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
