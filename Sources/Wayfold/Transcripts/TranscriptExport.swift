import Digests
public import EventLog
import Foundation
import Projections
public import Touchpoints
import Transparency

/// Writes the whole log as text, from which the same log can be made again.
public struct TranscriptExport {
    private let folder: DataFolder
    private let path: String

    /// - Parameter path: nothing, or an empty folder.
    public init(_ folder: DataFolder, to path: String) {
        self.folder = folder
        self.path = URL(filePath: path).standardizedFileURL.path
    }

    /// Writes the files into a folder beside the place (`PATH.begun`), which takes that when all is on the disk. O(events),
    /// some ten microseconds each, in memory one block; the log may be appended to meanwhile.
    ///
    /// Every block is held against its digests, and what an event's personal part becomes as text is held against what is stored.
    ///
    /// - Throws: ``TranscriptError`` where there is something already; `LogError` at the first bad event.
    public func run(progress: (Position, Position) -> Void = { _, _ in }) throws -> TranscriptManifest {
        let begun = path + ".begun"
        guard ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).isEmpty else {
            throw TranscriptError("\(path) is not empty: the log is written into a folder of its own")
        }
        guard mkdir(begun, 0o700) == 0 else {
            guard errno == EEXIST else { throw FileError(path: begun, code: errno) }
            throw TranscriptError("\(begun) is there: another export writes it, or was interrupted; remove it first")
        }
        do {
            let manifest = try write(into: begun, progress)
            guard rename(begun, path) == 0 else { throw FileError(path: path, code: errno) }
            try syncFolder(URL(filePath: path).deletingLastPathComponent().path)
            return manifest
        } catch {
            try? FileManager.default.removeItem(atPath: begun)
            throw error
        }
    }

    private func write(into begun: String, _ progress: (Position, Position) -> Void) throws -> TranscriptManifest {
        let log = try LogReader(folder: folder)
        let dictionaries = log.dictionaries
        func file(_ file: Transcript.File) throws -> DigestedFile {
            try DigestedFile(creatingAt: begun + "/" + file.rawValue, mode: 0o600)
        }
        let (events, headers, salts) = (try file(.events), try file(.headers), try file(.salts))
        let outputs = [events, headers, salts].map { file in TextOutput { try file.write($0) } }
        var hasher = TreeHasher()
        var tree = GrowingTree()
        try SealedLog(folder: folder).forEach(through: log.head) { event, sealed in
            let personal = PersonalPart(bytes: sealed.personal.span.bytes)
            guard personal.stored == sealed.personal else {
                throw LogError.damaged(event.position, "the personal part is not spelled as it is stored")
            }
            let text = try EventText.json(of: event, personal, in: log, dictionaries)
            let lines = [Array(text.utf8), sealed.leaf, SaltsLine(event.position, sealed, personal).json]
            for (output, line) in zip(outputs, lines) {
                try output.write { bytes in
                    bytes += line
                    bytes.append(UInt8(ascii: "\n"))
                }
            }
            tree.append(hasher.leaf(sealed.leaf.span.bytes), &hasher)
            if event.position.rawValue.isMultiple(of: 1_024) { progress(event.position, log.head) }
        }
        for output in outputs { try output.flush() }
        let secret = try file(.secret)
        try secret.write(folder.secret)
        var manifest = TranscriptManifest(
            events: tree.size, root: "\(tree.root(&hasher))", epoch: folder.epoch, files: [])
        for (name, file) in zip(Transcript.File.allCases, [events, headers, salts, secret]) {
            let (byteCount, digest) = try file.finish()
            manifest.files.append(
                TranscriptManifest.File(name: name.rawValue, bytes: byteCount, sha256: "\(digest)"))
        }
        // With it the folder is synced, too.
        try writeFile(manifest.json, named: Transcript.manifestName, in: begun)
        return manifest
    }
}
