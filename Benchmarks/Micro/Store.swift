import Foundation
import LMDB

/// An environment with 100,000 values of 400 bytes.
final class Store {
    private static let values = 100_000
    private let scratch = Scratch()
    private let environment: Environment
    private let table: Table
    private let value = [UInt8](repeating: 7, count: 400)

    init() throws {
        environment = try Environment(
            at: scratch.path, format: EnvironmentFormat(name: "micro", version: 1), tables: ["values"])
        table = environment.table("values")
        try put(0..<Self.values)
    }

    /// Reads so many values, each far from the one before; the sum of their lengths.
    func get(_ range: Range<Int>) throws -> Int {
        try environment.read { transaction in
            var sum = 0
            for number in range {
                sum += try transaction.value(in: table, for: Self.key(number))?.byteCount ?? 0
            }
            return sum
        }
    }

    /// Writes so many values, each far from the one before, and commits.
    func put(_ range: Range<Int>) throws {
        try environment.write { transaction in
            for number in range { try transaction.put(value, for: Self.key(number), in: table) }
        }
    }

    private static func key(_ number: Int) -> UInt64 { UInt64(number * 7_919 % values) }
}
