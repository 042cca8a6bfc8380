import EventLog
import Touchpoints
import Transparency

/// Making the log again.
extension Transcript {
    /// Makes a data folder of the text, with the same leaves at the same positions; its log begins a new life there.
    ///
    /// What is made is verified as every log is, and listed again: each line must come out as it stands in `events.ndjson`. Only
    /// then it becomes a data folder; where anything is wrong, nothing is left of it. Three ways over the events, in memory one
    /// commit.
    ///
    /// - Parameters:
    ///   - path: nothing, or an empty folder.
    ///   - epoch: the new life's number.
    /// - Throws: ``TranscriptError`` at the first bad line.
    func rebuild(
        at path: String, epoch: Int, progress: @escaping (Position, Position) -> Void = { _, _ in }
    ) throws -> DataFolder {
        var rebuild = try LogRebuild(at: path, secret: secret(), epoch: epoch)
        do {
            let end = Position(manifest.events)
            func way(_ number: UInt64) -> (Position) -> Void {
                { position in progress(Position((number * end.rawValue + position.rawValue) / 3), end) }
            }
            try read(into: &rebuild, way(0))
            let verify = way(1)
            for finding in try LogVerifier(folder: rebuild.folder).verify(progress: { position, _ in verify(position) })
            {
                throw TranscriptError(.headers, line: finding.position.rawValue, finding.what)
            }
            try compare(rebuild.folder, way(2))
        } catch {
            rebuild.discard()
            throw error
        }
        return try rebuild.publish()
    }

    private func read(into rebuild: inout LogRebuild, _ progress: (Position) -> Void) throws {
        let (events, headers, salts) = (
            try LineFile(.events, in: path), try LineFile(.headers, in: path), try LineFile(.salts, in: path)
        )
        var hasher = TreeHasher()
        var tree = GrowingTree()
        do {
            while let leaf = try headers.next() {
                guard let event = try events.next() else { throw missing(.events, events.line) }
                guard let salt = try salts.next() else { throw missing(.salts, salts.line) }
                let (sealed, data) = try Self.sealed(leaf, event, salt, line: headers.line)
                try rebuild.add(sealed, data: data)
                tree.append(hasher.leaf(leaf.span.bytes), &hasher)
                if headers.line.isMultiple(of: 1_024) { progress(Position(headers.line)) }
            }
            try rebuild.finish()
        } catch let fault as SealedEventFault {
            throw try disagreement(fault, [events, headers, salts])
        }
        for file in [events, salts] where try file.next() != nil {
            throw TranscriptError(file.file, line: file.line, "\(File.headers.rawValue) has no line for it")
        }
        guard tree.size == manifest.events else { throw missing(.headers, tree.size) }
        let root = "\(tree.root(&hasher))"
        guard root == manifest.root else {
            throw TranscriptError("\(File.headers.rawValue): its lines have the root \(root), not that of the manifest")
        }
        for file in [events, headers, salts] { try hold(file.file, file.byteCount, file.digest()) }
    }

    /// Three lines that do not fit each other: the wrong one stands in the file that the manifest does not name.
    private func disagreement(_ fault: SealedEventFault, _ files: [LineFile]) throws -> TranscriptError {
        let altered = try files.filter { file in
            try file.readToEnd()
            return !names(file.file, file.byteCount, file.digest())
        }
        let (line, refusal) = (fault.position.rawValue, fault.refusal)
        if altered.count == 1 {
            return TranscriptError(altered[0].file, line: line, field: refusal.field, refusal.reason)
        }
        let all = files.map(\.file.rawValue).joined(separator: ", ")
        let what = (refusal.field.isEmpty ? "" : refusal.field + ": ") + refusal.reason
        return TranscriptError("\(all), line \(line): do not agree: \(what)")
    }

    private func missing(_ file: File, _ lines: UInt64) -> TranscriptError {
        TranscriptError("\(file.rawValue): ends after \(lines) lines, expected \(manifest.events)")
    }

    /// Everything of an event, from its three lines.
    private static func sealed(
        _ leaf: [UInt8], _ event: [UInt8], _ salt: [UInt8], line: UInt64
    ) throws -> (SealedEvent, data: [UInt8]) {
        var file = File.salts
        do {
            let salts = try SaltsLine(salt)
            guard salts.position == line else { throw Refusal(field: "position", reason: "expected \(line)") }
            file = .events
            let (personal, data) = try EventLine(event).split(by: salts)
            return (SealedEvent(leaf: leaf, salt: salts.salt, personal: personal, aliases: salts.aliases), data)
        } catch let refusal as Refusal {
            throw TranscriptError(file, line: line, field: refusal.field, refusal.reason)
        }
    }

    /// Lists what was made, line by line.
    private func compare(_ folder: DataFolder, _ progress: (Position) -> Void) throws {
        // In bounded memory a reader opens only with the indexes that the writer makes.
        _ = try LogWriter(folder: folder, now: SystemClock.now)
        let log = try LogReader(folder: folder)
        let dictionaries = log.dictionaries
        let events = try LineFile(.events, in: path)
        try SealedLog(folder: folder).forEach(through: log.head) { event, sealed in
            let personal = PersonalPart(bytes: sealed.personal.span.bytes)
            let text = Array(try EventText.json(of: event, personal, in: log, dictionaries).utf8)
            guard let line = try events.next() else { throw missing(.events, events.line) }
            guard line == text else {
                throw TranscriptError(
                    .events, line: events.line, field: JSONTape.firstDifference(line, text),
                    "is not what \(File.headers.rawValue) and \(File.salts.rawValue) say of the event")
            }
            if events.line.isMultiple(of: 1_024) { progress(event.position) }
        }
    }
}
