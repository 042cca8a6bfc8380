import Foundation
import Testing
import Touchpoints

/// A time zone file with what Python's zoneinfo says about it; see `Tests/Fixtures/time-zones/make.py`.
struct ZoneSample: Decodable, Sendable, CustomTestStringConvertible {
    var name: String
    var file: Data
    /// Seconds since 1970 and the offset then.
    var offsets: [[Int64]]
    /// Local seconds since 1970 and the instant, the earlier of two.
    var locals: [[Int64]]
    /// Days since 1970 and the second at which they begin.
    var days: [[Int64]]

    var testDescription: String { name }

    func table() throws -> ZoneTable { try ZoneTable(tzif: Array(file), name: name) }

    static let all: [ZoneSample] = {
        let url = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Fixtures/time-zones/zones.json").standardized
        do {
            return try JSONDecoder().decode([ZoneSample].self, from: Data(contentsOf: url))
        } catch {
            fatalError("\(url.path): \(error)")
        }
    }()

    static func named(_ name: String) throws -> ZoneSample { try #require(all.first { $0.name == name }) }
}
