import ArgumentParser
import Glibc
import Ingest
import Projections
import Wayfold

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Append events from files or standard input, and fold the views.",
        discussion: """
            Example: purchases of the past, which then happen in the past; and a table of another program.

              wayfold import purchases.ndjson.gz --clock occurred
              wayfold import orders.csv --format csv --map orders.yaml --reject refused.ndjson
              zcat access.log.2.gz | wayfold import - access.log --format access-log --clock occurred

            FILE is CloudEvents 1.0 JSON (one, an array, or one a line), CSV with a mapping file, messages of Segment's \
            tracking API (an array, or one a line), or a web server's log in the combined format; of these two the policy \
            says what they mean (segment, accessLog). It may be gzipped. `-`, or no FILE, is standard input. Events that were imported before are duplicates and change nothing, so an \
            import that was interrupted is simply run again.

            --dry-run counts an event as new that joins or parts customers or voids an event, without asking whom it names: \
            only the log decides that, and may refuse it.

            Each event that is refused, or that contradicts an earlier one with its source and id, is reported; the \
            others are stored. The status is 1 where events were refused or in conflict and none was stored or known.
            """)

    @OptionGroup var data: DataOption
    @OptionGroup var memory: MemoryOption

    @Argument(help: ArgumentHelp("Files, or - for standard input.", valueName: "file"))
    var files: [String] = []

    @Option(help: "What the files hold: cloudevents, csv, segment or access-log.")
    var format = Format.cloudevents

    @Option(help: ArgumentHelp("How the columns of CSV become events (YAML).", valueName: "file"))
    var map: String?

    @Option(help: "now: recorded as it comes; occurred: sorted by the events' own time and recorded then.")
    var clock = Clock.now

    @Flag(help: "The events fire no effects, since they are old news.")
    var backfill = false

    @Option(
        help: ArgumentHelp(
            "Keep what was refused or in conflict there, as JSON lines with the reason.", valueName: "file"))
    var reject: String?

    @Flag(name: .customLong("dry-run"), help: "Only say what would become of the events.")
    var isDryRun = false

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case cloudevents, csv, segment
        case accessLog = "access-log"
    }
    enum Clock: String, ExpressibleByArgument, CaseIterable { case now, occurred }

    func validate() throws {
        if format == .csv && map == nil { throw ValidationError("--format csv needs --map FILE") }
        if format != .csv && map != nil { throw ValidationError("--map is for --format csv") }
    }

    func run() async throws {
        for file in files where file != "-" && access(file, R_OK) != 0 {
            throw Failure("cannot open \(file): \(String(cString: strerror(errno)))")
        }
        let mapping = try map.map { try CSVMapping(path: $0) }
        let faults = try FaultReport(keptAt: reject)
        guard isDryRun else {
            let session = try await WriteSession.open(data, memory)
            return try await run(ImportRules(folder: session.folder), mapping, session, faults)
        }
        guard let folder = try data.openIfThere() else {
            return try await ScratchFolder.with { try await run(ImportRules(folder: $0), mapping, nil, faults) }
        }
        try await run(ImportRules(folder: folder), mapping, nil, faults)
    }

    private func run(
        _ rules: ImportRules, _ mapping: CSVMapping?, _ session: WriteSession?, _ faults: FaultReport
    ) async throws {
        var options = Importer.Options()
        options.isClockOccurred = clock == .occurred
        options.isBackfill = backfill
        options.isDryRun = isDryRun
        options.format = try importFormat(rules, mapping)
        let progress = ImportProgress(isSorted: options.isClockOccurred)
        let start = ContinuousClock.now
        let result: Result<ImportSummary, any Error>
        do {
            let importer = Importer(rules: rules, options: options)
            let summary = try await importer.run(
                files.isEmpty ? ["-"] : files, into: session, rules: rules,
                fault: { fault in
                    if faults.tellsNext { progress.end() }
                    try faults.take(fault)
                }, progress: { progress.update($0) })
            result = .success(summary)
        } catch {
            result = .failure(error)
        }
        let elapsed = ContinuousClock.now - start
        progress.end()
        try faults.end()
        // What was stored before an error is folded, too; and what was stored is told although the views failed.
        let folding: Result<Void, any Error>
        do { folding = .success(try await session?.finishWithProgress() ?? ()) } catch { folding = .failure(error) }
        let summary = try result.get()
        if summary.undecided > 0 {
            Console.current.remark(
                "\(summary.undecided) of the new events join or part customers or void an event: what becomes of those is "
                    + "decided by the log only")
        }
        try summary.report(elapsed: elapsed, isDryRun: isDryRun).writeAsUsual()
        try folding.get()
        if summary.isNothingKnown { throw AlreadyReported() }
    }
}

extension ImportCommand {
    /// What the files hold, with what says how it is to be read.
    private func importFormat(_ rules: ImportRules, _ mapping: CSVMapping?) throws -> ImportFormat {
        switch format {
        case .cloudevents: return .cloudEvents
        case .segment: return .segment(rules.policy.segment)
        case .accessLog: return .accessLog(rules.policy.accessLog)
        case .csv:
            // Without a mapping the command is not valid.
            let zone = try mapping!.timeZone.map { try ZoneFiles.table(named: $0) } ?? rules.zone
            return .csv(mapping!, zone)
        }
    }
}

extension CSVMapping {
    /// Reads a mapping file; what is wrong is named with the file.
    fileprivate init(path: String) throws {
        let text = try FileText.read(path)
        do throws(MappingError) {
            try self.init(yaml: text)
        } catch {
            throw Failure("\(path): \(error)")
        }
    }
}
