import EventLog
import Foundation
import Policies
import Projections
import Touchpoints

/// What a replay's folder says of itself: the file `replay.json`, drawn in ARCHITECTURE.md.
struct ReplayFile: Codable, Equatable {
    var format = Self.currentFormat
    /// The folder of the log.
    var log: String
    /// Where the replay begins and ends.
    var first: UInt64
    var position: UInt64
    /// The keyed hash of the record there, 32 hexadecimal digits: another log has another.
    var record: String
    /// Absent: the policies of the log.
    var policy: SupposedText?
    var views: [View] = []

    static let name = "replay.json"
    static let currentFormat = "wayfold replay 1"

    struct SupposedText: Codable, Equatable {
        var position: UInt64
        var zone: String
        var yaml: String
    }

    struct View: Codable, Equatable {
        var view: String
        var version: Int
        /// Absent while it is being made.
        var digest: String?
    }

    /// - Throws: `LogError` where the log does not reach so far.
    init(of answers: ViewAnswers, from first: Position, at position: Position, _ policy: SupposedPolicy?) throws {
        log = answers.folder.path
        self.first = first.rawValue
        self.position = position.rawValue
        record = try Self.record(at: position, in: answers.log)
        self.policy = policy.map { SupposedText(position: $0.position.rawValue, zone: $0.zone.encoded, yaml: $0.yaml) }
    }

    static func record(at position: Position, in log: LogReader) throws -> String {
        try log.hashes(at: position).identity.hexadecimal
    }

    /// Whether both fold the same, wherever they end.
    func foldsAs(_ other: ReplayFile) -> Bool {
        (log, first, policy) == (other.log, other.first, other.policy)
    }

    /// Whether every view that was asked for is there.
    var isFinished: Bool { !views.isEmpty && views.allSatisfy { $0.digest != nil } }

    /// - Throws: ``ReplayError`` where it cannot be read.
    var supposedPolicy: SupposedPolicy? {
        get throws {
            try policy.map { text in
                do {
                    let supposed = SupposedPolicy(
                        yaml: text.yaml, zone: try ZoneTable(encoded: text.zone), from: Position(text.position))
                    _ = try supposed.active
                    return supposed
                } catch {
                    throw ReplayError("the policy in \(Self.name) cannot be read: \(error)")
                }
            }
        }
    }

    /// - Throws: ``ReplayError`` where the policy cannot be read, `QueryError` where it comes too late.
    var scenario: Scenario {
        get throws {
            try Scenario(
                from: Position(first), position: Position(position), policy: supposedPolicy?.active)
        }
    }
}

/// Reading and writing.
extension ReplayFile {
    /// More than any policy takes.
    private static let byteCountMax = 64 << 20

    /// The file of a folder; nil where there is none.
    ///
    /// - Throws: ``ReplayError`` where it is no such file, or a newer one.
    init?(in folder: String) throws {
        let path = folder + "/" + Self.name
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let data = try Data(contentsOf: URL(filePath: path))
        struct Format: Decodable { var format: String }
        do {
            guard data.count <= Self.byteCountMax else { throw ReplayError("it is too long") }
            let format = try JSONDecoder().decode(Format.self, from: data).format
            guard format == Self.currentFormat else {
                throw ReplayError("its format is \"\(format)\"; this program knows \"\(Self.currentFormat)\"")
            }
            self = try JSONDecoder().decode(ReplayFile.self, from: data)
        } catch {
            throw ReplayError("\(path) cannot be read: \(error)")
        }
    }

    /// Puts the file in a folder, whole or not at all, and synced.
    func write(in folder: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try writeFile(Array(try encoder.encode(self)) + Array("\n".utf8), named: Self.name, in: folder)
    }
}

/// A replay that cannot be made or read.
public struct ReplayError: Error, Sendable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
