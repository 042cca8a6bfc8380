import ArgumentParser
import Projections
import Touchpoints

/// How the program ends: contract for scripts.
enum ProgramStatus: Int32 {
    case done = 0
    case failed = 1
    case wrongUsage = 2
    /// A check found a difference.
    case difference = 3
}

extension ProgramStatus {
    /// The status of an error that ended a command, after it was told to whoever runs it.
    static func report(_ error: any Error, on console: Console) -> ProgramStatus {
        switch error {
        case is BrokenPipe: return .done
        case is FoundDifference: return .difference
        case is AlreadyReported: return .failed
        case is QueryError, is UsageError:
            console.remark("wayfold: \(error)")
            return .wrongUsage
        case let refusal as Refusal:
            console.remark("wayfold: " + (refusal.field.isEmpty ? "" : refusal.field + ": ") + refusal.reason)
            return .failed
        default: break
        }
        switch WayfoldCommand.exitCode(for: error) {
        case .success:
            // Help that was asked for is an answer.
            try? console.output(Array((WayfoldCommand.fullMessage(for: error) + "\n").utf8))
            return .done
        case .validationFailure:
            let message = WayfoldCommand.fullMessage(for: error)
            console.remark("wayfold: " + (message.hasPrefix("Error: ") ? String(message.dropFirst(7)) : message))
            return .wrongUsage
        default:
            console.remark("wayfold: \(error)")
            return .failed
        }
    }
}
