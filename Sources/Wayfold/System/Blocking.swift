import Foundation

/// Runs work that waits (for a process, a socket, another thread) on a thread of its own, and gives its result.
///
/// The threads of the concurrency runtime are as few as the cores: where one waits for what another task must do, a
/// machine with one core stands still.
func blocking<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        let thread = Thread { continuation.resume(with: Swift.Result { try work() }) }
        thread.start()
    }
}
