import Foundation
public import Touchpoints

/// The time zones of this machine, read when a policy or a mapping names one; the log keeps the table it was given.
public enum ZoneFiles {
    /// The table of an IANA zone.
    ///
    /// - Throws: ``ZoneUnknown`` where the machine's tz database has no such zone.
    public static func table(named name: String) throws(ZoneUnknown) -> ZoneTable {
        if name == "UTC" { return .utc }
        guard let bytes = try? Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/" + name)) else {
            throw ZoneUnknown(name: name, reason: "the machine's time zones (package tzdata) have none of that name")
        }
        do {
            return try ZoneTable(tzif: Array(bytes), name: name)
        } catch {
            throw ZoneUnknown(name: name, reason: "\(error)")
        }
    }
}

/// A time zone that this machine does not know.
public struct ZoneUnknown: Error, Sendable, CustomStringConvertible {
    public let name: String
    public let reason: String
    public var description: String { "time zone \(name): \(reason)" }
}
