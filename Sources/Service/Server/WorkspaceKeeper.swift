import Logging
import ServiceLifecycle
import Wayfold

/// Lets time pass in the workspaces while the service runs, and closes them when it ends: what was accepted is folded and
/// written back first.
struct WorkspaceKeeper: Service {
    let workspaces: [Workspace]
    let shelf: ListShelf
    let pool: QueryPool
    let state: ServiceState
    let logger: Logger

    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for workspace in workspaces {
                group.addTask { try await workspace.session.keepTime() }
            }
            group.addTask {
                while !Task.isCancelled {
                    shelf.sweep()
                    try? await Task.sleep(for: .seconds(5))
                }
            }
            try? await gracefulShutdown()
            group.cancelAll()
            try await group.waitForAll()
        }
        state.end("the service is ending")
        for workspace in workspaces {
            for (view, count) in try await workspace.session.finish() {
                logger.warning("customers are set aside", metadata: ["view": "\(view)", "customers": "\(count)"])
            }
        }
        try await pool.close()
    }
}
