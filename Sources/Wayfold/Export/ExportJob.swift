public import Projections
public import Touchpoints

/// Writes parts of views into files, all as they are at one position.
///
/// ```swift
/// let parts = try catalogue.exportableParts(["rfm/customers", "loyalty"], ofThePast: false)
/// let job = try ExportJob(parts, to: ExportTarget("export"))
/// let manifest = try job.run(ViewAnswers(folder: folder, catalogue: catalogue))
/// ```
/// What stands at the target is replaced in one step when all is written and synced; until then, and where the work is
/// interrupted, it stays whole.
public struct ExportJob: Sendable {
    public let parts: [PartDescription]
    public let target: ExportTarget
    private let selection: ExportSelection
    private let asOf: Timestamp?
    private let asKnown: Position?

    /// - Parameters:
    ///   - selection: what of each part; all of them must have the columns of its conditions.
    ///   - asOf: how it was then; nil: at the clock of the position.
    ///   - asKnown: how it was known at that position; nil: at the head.
    /// - Throws: ``QueryError`` where one file of rows is to hold several parts, and where there is none.
    public init(
        _ parts: [PartDescription], _ selection: ExportSelection = ExportSelection(), to target: ExportTarget,
        asOf: Timestamp? = nil, asKnown: Position? = nil
    ) throws(QueryError) {
        guard !parts.isEmpty else { throw QueryError("no part can be exported without a question") }
        guard parts.count == 1 || target.isFolder || target.format == .sqlite else {
            throw QueryError(
                "\(target.path) holds one part, and \(parts.count) are asked for: name one, or a folder or .sqlite")
        }
        for part in parts { _ = try RowFilter(selection.conditions, columns: part.columns) }
        self.parts = parts
        self.selection = selection
        self.target = target
        self.asOf = asOf
        self.asKnown = asKnown
    }

    /// Writes the files. Some microseconds a row.
    ///
    /// - Parameters:
    ///   - answers: they are never refreshed meanwhile.
    ///   - progress: told now and then how many rows are written.
    /// - Throws: ``ExportError``, ``QueryError``, and what reading the views and writing files throws.
    public func run(_ answers: ViewAnswers, progress: (_ rows: Int) -> Void = { _ in }) throws -> ExportManifest {
        let staged = try StagedFiles(for: target)
        // A view that was written back after the log was opened takes the log on with it: what was written before then
        // stands at an older position, and is written again. Each view does so once at most.
        for _ in 0...parts.count {
            staged.empty()
            if let manifest = try write(answers, into: staged.path, progress) {
                try staged.publish(manifest)
                return manifest
            }
        }
        throw ExportError("the views did not come to stand at one position: try again")
    }

    /// Nil where the parts do not stand at one position.
    private func write(
        _ answers: ViewAnswers, into folder: String, _ progress: (Int) -> Void
    ) throws -> ExportManifest? {
        var files: any ExportFiles =
            target.format == .sqlite
            ? try DatabaseFile(in: folder, name: target.name) : LineFiles(in: folder, format: target.format)
        var manifest: ExportManifest?
        var rowCount = 0
        for part in parts {
            var export = PartExport(part, file: target.fileName(of: part))
            try files.begin(part, file: export.file)
            let answer = try answers.answer(question(about: part)) { row in
                try files.write(row)
                export.count(row)
                rowCount += 1
                if rowCount.isMultiple(of: 1_000) { progress(rowCount) }
            }
            try files.end()
            if manifest == nil {
                manifest = ExportManifest(
                    position: answer.position.rawValue, clock: "\(try answers.log.recordedTime(at: answer.position))",
                    asOf: answer.asOf?.description, selection)
                manifest!.epoch = answer.epoch
            }
            guard answer.position.rawValue == manifest!.position else {
                if answer.isStale || manifest!.parts.contains(where: \.stale) {
                    throw ExportError(
                        "\(part.view) stands at another position than \(parts[0].view): another version of a view made "
                            + "one of them (wayfold rebuild)")
                }
                return nil
            }
            manifest!.parts.append(export.described(by: answer))
        }
        manifest?.files = try files.finish()
        return manifest
    }

    private func question(about part: PartDescription) -> Question {
        var question = selection.question(about: part)
        (question.asOf, question.asKnown) = (asOf, asKnown)
        return question
    }
}

/// What the manifest says of one part, as its rows come.
private struct PartExport {
    let file: String
    private let part: PartDescription
    private var rowCount = 0
    private var scales: [Int?]

    init(_ part: PartDescription, file: String) {
        self.part = part
        self.file = file
        scales = part.columns.map { _ in nil }
    }

    mutating func count(_ row: Row) {
        rowCount += 1
        for (index, value) in row.enumerated() where part.columns[index].kind == .decimal {
            if case .decimal(_, let scale) = value { scales[index] = max(scales[index] ?? 0, scale) }
        }
    }

    func described(by answer: Answer) -> ExportManifest.Part {
        let columns = zip(part.columns, scales).map { column, scale in
            ExportManifest.Column(name: column.name, kind: column.kind.rawValue, unit: column.unit, scale: scale)
        }
        return ExportManifest.Part(
            part: part.path, file: file, table: part.tableName, rows: rowCount, policy: answer.policy.rawValue,
            supposed: answer.isSupposed ? true : nil, stale: answer.isStale, setAside: answer.setAside, columns: columns
        )
    }
}
