import Foundation

/// What an export holds: the file `manifest.json`, contract for those who read one. Its members are named as here, with
/// underscores (`as_of`, `set_aside`).
///
/// Two exports at the same position under the same program are the same, byte for byte.
public struct ExportManifest: Codable, Sendable, Equatable {
    /// `wayfold export 1`.
    public var format = Self.currentFormat
    /// The position of the log that every row holds for.
    public var position: UInt64
    /// The greatest recorded time at that position, RFC 3339.
    public var clock: String
    /// The time that the answers were asked for; absent: that clock.
    public var asOf: String?
    /// The customer that was asked about, the conditions and the options; absent: none.
    public var customer: String?
    public var conditions: [String]?
    public var options: [String: String]?
    /// The life of the log (see ``DataFolder/epoch``).
    public var epoch = 1
    public var files: [File] = []
    public var parts: [Part] = []

    static let currentFormat = "wayfold export 1"

    public struct File: Codable, Sendable, Equatable {
        /// Beside the manifest.
        public var name: String
        public var format: ExportFormat
        public var bytes: Int
        /// 64 lower-case hexadecimal digits.
        public var sha256: String
    }

    public struct Part: Codable, Sendable, Equatable {
        /// `VIEW/PART`.
        public var part: String
        /// The name of its file.
        public var file: String
        /// Its name as a table: of a database the one it has there.
        public var table: String
        public var rows: Int
        /// The position of the policy that the rows were made under.
        public var policy: UInt64
        /// That policy was never activated, so that the rows are what would be; absent: it was.
        public var supposed: Bool?
        /// Another version of the view made them.
        public var stale: Bool
        /// Customers that are not among them, since their fold fails.
        public var setAside: Int
        public var columns: [Column]
    }

    public struct Column: Codable, Sendable, Equatable {
        public var name: String
        /// text, integer, decimal, number, time, day or flag.
        public var kind: String
        /// `seconds`, `days`, `points` ...; empty where there is none.
        public var unit: String
        /// Of decimals: the most digits behind the point that a row has.
        public var scale: Int?
    }
}

extension ExportManifest {
    /// The file's bytes.
    var json: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.keyEncodingStrategy = .convertToSnakeCase
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return Array(try encoder.encode(self)) + Array("\n".utf8)
        }
    }

    /// Without files and parts yet.
    init(position: UInt64, clock: String, asOf: String?, _ selection: ExportSelection) {
        (self.position, self.clock, self.asOf) = (position, clock, asOf)
        customer = selection.customer
        conditions = selection.conditions.isEmpty ? nil : selection.conditions
        options = selection.options.isEmpty ? nil : selection.options
    }

    /// Reads the manifest of an export; nil where there is none that this program knows.
    public init?(of target: ExportTarget) {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        guard let data = try? Data(contentsOf: URL(filePath: target.manifestPath)),
            let manifest = try? decoder.decode(ExportManifest.self, from: data),
            manifest.format == Self.currentFormat
        else { return nil }
        self = manifest
    }
}
