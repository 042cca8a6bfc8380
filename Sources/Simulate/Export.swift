import Glibc
import Simulation

extension Simulate {
    /// Writes what a model of another make needs to agree.
    static func export(_ seed: Int, to folder: String) async -> CInt {
        do {
            try await WorldExport.write(world(seed), to: folder)
            return 0
        } catch {
            say("\(error)", to: STDERR_FILENO)
            return 1
        }
    }
}
