import CLinux
import Dispatch
import Glibc
import Synchronization

/// Work on several cores at once.
package enum Lanes {
    /// The cores that this process may use.
    package static var coreCount: Int {
        var cores = cpu_set_t()
        let isKnown = sched_getaffinity(0, MemoryLayout<cpu_set_t>.size, &cores) == 0
        return isKnown ? Int(__sched_cpucount(MemoryLayout<cpu_set_t>.size, &cores)) : 1
    }

    /// Hands each piece to the next lane that is free. Each lane has a state of its own; one lane alone works on the
    /// caller's thread.
    ///
    /// - Parameter states: one for each lane.
    /// - Returns: the results, in the order of the pieces.
    package static func run<Piece, State, Result>(
        _ pieces: [Piece], _ states: inout [State], _ body: (Piece, inout State) throws -> Result
    ) throws -> [Result] {
        if states.count == 1 { return try pieces.map { try body($0, &states[0]) } }
        var results = [Result?](repeating: nil, count: pieces.count)
        var failures = [(any Error)?](repeating: nil, count: states.count)
        let next = Atomic(0)
        withoutActuallyEscaping(body) { body in
            results.withUnsafeMutableBufferPointer { results in
                failures.withUnsafeMutableBufferPointer { failures in
                    states.withUnsafeMutableBufferPointer { states in
                        // Each element is touched by one lane alone.
                        let shared = Shared(value: (pieces, results, failures, states, body))
                        DispatchQueue.concurrentPerform(iterations: states.count) { lane in
                            let (pieces, results, failures, states, body) = shared.value
                            do {
                                var piece = next.add(1, ordering: .relaxed).oldValue
                                while piece < results.count {
                                    results[piece] = try body(pieces[piece], &states[lane])
                                    piece = next.add(1, ordering: .relaxed).oldValue
                                }
                            } catch {
                                failures[lane] = error
                            }
                        }
                    }
                }
            }
        }
        for case let failure? in failures { throw failure }
        return results.map { $0! }
    }

    private struct Shared<Value>: @unchecked Sendable {
        let value: Value
    }
}
