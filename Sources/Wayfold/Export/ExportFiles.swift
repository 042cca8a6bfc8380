import Digests
import Projections

/// The files of one export as its rows come: part by part, each begun and ended.
protocol ExportFiles {
    /// - Parameter file: the name of the file that the part goes into.
    mutating func begin(_ part: PartDescription, file: String) throws
    mutating func write(_ row: Row) throws
    mutating func end() throws
    /// After the last part: the files, whole and synced.
    mutating func finish() throws -> [ExportManifest.File]
}

/// A file of lines for each part.
struct LineFiles: ExportFiles {
    private let folder: String
    private let format: ExportFormat
    private var open: (name: String, file: DigestedFile, output: TextOutput, writer: any RowWriter)?
    private var files: [ExportManifest.File] = []

    init(in folder: String, format: ExportFormat) {
        self.folder = folder
        self.format = format
    }

    mutating func begin(_ part: PartDescription, file name: String) throws {
        let file = try DigestedFile(creatingAt: folder + "/" + name)
        let output = TextOutput { try file.write($0) }
        var writer = (format == .csv ? RowFormat.csv : .ndjson).writer(to: output)
        try writer.begin(part.columns)
        open = (name, file, output, writer)
    }

    mutating func write(_ row: Row) throws { try open!.writer.write(row) }

    mutating func end() throws {
        guard var done = open.take() else { return }
        try done.writer.end()
        try done.output.flush()
        files.append(ExportManifest.File(done.name, format, try done.file.finish()))
    }

    mutating func finish() throws -> [ExportManifest.File] { files }
}

/// One database with a table for each part.
struct DatabaseFile: ExportFiles {
    private let path: String
    private let name: String
    private let database: SQLiteFile

    init(in folder: String, name: String) throws {
        self.name = name
        path = folder + "/" + name
        database = try SQLiteFile(creatingAt: path)
    }

    mutating func begin(_ part: PartDescription, file: String) throws {
        try database.begin(part, table: part.tableName)
    }

    mutating func write(_ row: Row) throws { try database.write(row) }
    mutating func end() throws {}

    mutating func finish() throws -> [ExportManifest.File] {
        try database.finish()
        return [ExportManifest.File(name, .sqlite, try DigestedFile.finish(writtenAt: path))]
    }
}

extension ExportManifest.File {
    init(_ name: String, _ format: ExportFormat, _ written: (byteCount: Int, digest: Digest256)) {
        self.init(name: name, format: format, bytes: written.byteCount, sha256: "\(written.digest)")
    }
}

extension PartDescription {
    /// `VIEW_PART`, with an underscore for what no plain name in SQL has.
    var tableName: String {
        String("\(view)_\(name)".map { $0.isLetter || $0.isNumber ? $0 : "_" })
    }
}
