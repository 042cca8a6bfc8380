import Logging
import ServiceLifecycle
import Wayfold

/// Lets time pass in the workspaces while the service runs, and closes them when it ends: what was accepted is folded and
/// written back first.
struct WorkspaceKeeper: Service {
    let workspaces: [Workspace]
    let shelf: ListShelf
    let pools: [QueryPool]
    /// What keeps trees of hashes up.
    let treePool: QueryPool
    let state: ServiceState
    let logger: Logger

    /// - Throws: ``ServiceEnded`` where a log takes nothing any more, or could not be closed.
    func run() async throws {
        var failure: (any Error)?
        do { try await keep() } catch is CancellationError {} catch {
            failure = error
            logger.critical("the service ends", metadata: ["error": "\(error)"])
        }
        state.end("the service is ending")
        for workspace in workspaces {
            do { try await finish(workspace) } catch {
                logger.error(
                    "a workspace was not closed", metadata: ["workspace": "\(workspace.name)", "error": "\(error)"])
                failure = failure ?? error
            }
        }
        for pool in pools { try await pool.close() }
        if let failure { throw ServiceEnded(description: "\(failure)") }
    }

    /// Returns when the service is told to end; throws as soon as one of the logs takes nothing any more.
    private func keep() async throws {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for workspace in workspaces {
                group.addTask {
                    try await workspace.session.keepTime()
                    return false
                }
            }
            for workspace in workspaces {
                group.addTask {
                    try await workspace.watchHead()
                    return false
                }
            }
            for workspace in workspaces {
                group.addTask {
                    await followTree(of: workspace)
                    return false
                }
            }
            group.addTask {
                while !Task.isCancelled {
                    shelf.sweep()
                    try await Task.sleep(for: .seconds(5))
                }
                return false
            }
            group.addTask {
                try await gracefulShutdown()
                return true
            }
            while let isOver = try await group.next(), !isOver {}
            group.cancelAll()
        }
    }

    /// The tree is derived: where it cannot be kept up the service goes on, and says so.
    private func followTree(of workspace: Workspace) async {
        do { try await workspace.followTree(treePool) } catch is CancellationError {} catch {
            logger.error(
                "the tree of hashes is not kept up any more",
                metadata: ["workspace": "\(workspace.name)", "error": "\(error)"])
        }
    }

    private func finish(_ workspace: Workspace) async throws {
        for (view, count) in try await workspace.session.finish() {
            logger.warning("customers are set aside", metadata: ["view": "\(view)", "customers": "\(count)"])
        }
    }
}
