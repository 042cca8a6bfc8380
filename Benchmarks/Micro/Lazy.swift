import Foundation

/// A value that is made when it is first asked for.
final class Lazy<Value> {
    private let make: () async throws -> Value
    private var made: Value?

    init(_ make: @escaping () async throws -> Value) { self.make = make }

    var value: Value {
        get async throws {
            if let made { return made }
            let value = try await make()
            made = value
            return value
        }
    }
}

/// A folder that goes with the value.
final class Scratch {
    let path = FileManager.default.temporaryDirectory.path + "/wayfold-micro-\(UUID())"

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
