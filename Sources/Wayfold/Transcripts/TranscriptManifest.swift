import Foundation

/// What a transcript holds: its file `manifest.json` (`Schemas/transcript.schema.json`).
public struct TranscriptManifest: Codable, Sendable, Equatable {
    /// `wayfold log 1`.
    public var format = Self.currentFormat
    /// How many there are: lines of both files, and the last position.
    public var events: UInt64
    /// The root of the log's tree of hashes over them, 64 lower-case hexadecimal digits.
    public var root: String
    /// The life of the log (see ``DataFolder/epoch``).
    public var epoch: Int
    public var files: [File]

    static let currentFormat = "wayfold log 1"

    public struct File: Codable, Sendable, Equatable {
        public var name: String
        public var bytes: Int
        /// 64 lower-case hexadecimal digits.
        public var sha256: String
    }
}

extension TranscriptManifest {
    /// The file's bytes.
    var json: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return Array(try encoder.encode(self)) + Array("\n".utf8)
        }
    }
}

/// Why a log is not written as text, or none is made of a text, in words for people.
public struct TranscriptError: Error, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }

    /// What is wrong with one line.
    init(_ file: Transcript.File, line: UInt64, field: String = "", _ reason: String) {
        description = "\(file.rawValue), line \(line): \(field.isEmpty ? "" : field + ": ")\(reason)"
    }
}
