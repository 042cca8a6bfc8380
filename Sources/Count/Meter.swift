import Foundation

/// A phase of the run whose instructions and written bytes are counted.
///
/// callgrind parts its counts where ``begin()`` and ``end()`` are entered, which it knows by their names.
final class Meter {
    private let name: String
    private let units: Int
    private var bytesBefore = 0

    /// - Parameter units: the events by which the counts are divided.
    init(_ name: String, units: Int) {
        self.name = name
        self.units = units
    }

    @inline(never) func begin() throws { bytesBefore = try Self.bytesWritten() }

    /// Says what the phase was and what it wrote: `name<tab>units<tab>bytes`.
    @inline(never) func end() throws {
        print(name, units, try Self.bytesWritten() - bytesBefore, separator: "\t")
    }

    /// Bytes that this process has handed to the system to be written so far.
    private static func bytesWritten() throws -> Int {
        let text = try String(contentsOfFile: "/proc/self/io", encoding: .utf8)
        guard let count = text.firstMatch(of: /wchar: ([0-9]+)/).flatMap({ Int($0.output.1) }) else {
            throw CocoaError(.fileReadCorruptFile, userInfo: [NSFilePathErrorKey: "/proc/self/io"])
        }
        return count
    }
}
