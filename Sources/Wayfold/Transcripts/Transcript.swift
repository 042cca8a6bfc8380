import Digests
import EventLog
import Foundation
import Touchpoints

/// The whole log as text, in a folder:
///
/// ```
/// DIR/
///   events.ndjson    an event a line, by position: CloudEvents JSON, as `GET /v1/events` lists it
///   headers.ndjson   its leaf in the log's tree of hashes: everything that is clear, and the hashes of what is personal
///   salts.ndjson     the salts of these hashes, and the aliases that the event brings
///   secret           the data folder's: without it nobody could tell what was sent before
///   manifest.json    events, root, and the SHA-256 of each file
/// ```
/// Nothing in `headers.ndjson` is personal: RFC 9162 hashes over its lines give the root.
public struct Transcript: Sendable {
    enum File: String, CaseIterable {
        case events = "events.ndjson"
        case headers = "headers.ndjson"
        case salts = "salts.ndjson"
        case secret
    }

    static let manifestName = "manifest.json"

    public let path: String
    public let manifest: TranscriptManifest

    /// Reads the manifest.
    ///
    /// - Throws: ``TranscriptError`` where there is none that this program knows.
    public init(openingAt path: String) throws {
        self.path = path
        let name = path + "/" + Self.manifestName
        guard let bytes = FileManager.default.contents(atPath: name) else {
            throw TranscriptError("\(path) is no log as text: it has no \(Self.manifestName) (`wayfold log export`)")
        }
        do {
            manifest = try JSONDecoder().decode(TranscriptManifest.self, from: bytes)
        } catch {
            throw TranscriptError("\(name): expected the manifest of a log as text")
        }
        guard manifest.format == TranscriptManifest.currentFormat else {
            throw TranscriptError(
                "\(name): format: is \(manifest.format); this program knows \(TranscriptManifest.currentFormat)")
        }
        // No log has more, and positions can be counted with.
        guard manifest.events < 1 << 56 else { throw TranscriptError("\(name): events: are more than a log can have") }
        guard manifest.epoch > 0, manifest.epoch < 1 << 56, Digest256(manifest.root) != nil else {
            throw TranscriptError("\(name): expected an epoch from 1 on, and a root of 64 hexadecimal digits")
        }
    }

    /// The data folder's secret, held against the manifest.
    func secret() throws -> [UInt8] {
        let bytes = FileManager.default.contents(atPath: path + "/" + File.secret.rawValue).map { Array($0) } ?? []
        try hold(.secret, bytes.count, SHA256.digest(of: bytes.span.bytes))
        guard bytes.count == 32 else { throw TranscriptError("\(File.secret.rawValue): expected 32 bytes") }
        return bytes
    }

    /// Whether a file is the one that the manifest names.
    func names(_ file: File, _ byteCount: Int, _ digest: Digest256) -> Bool {
        let named = manifest.files.first { $0.name == file.rawValue }
        return named?.bytes == byteCount && named?.sha256 == "\(digest)"
    }

    /// Throws where it is not.
    func hold(_ file: File, _ byteCount: Int, _ digest: Digest256) throws {
        guard names(file, byteCount, digest) else {
            throw TranscriptError(
                "\(file.rawValue): is not the file of the manifest: \(byteCount) bytes with the SHA-256 \(digest)")
        }
    }
}
