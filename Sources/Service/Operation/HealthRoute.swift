import Foundation
import Hummingbird
import Wayfold

/// Whether the process lives, and whether it can do its work.
struct HealthRoute: Sendable {
    let workspaces: [Workspace]
    let state: ServiceState

    func health(_ call: Call) async throws -> Response {
        Response.json(.fields([("status", .text("up"))]), for: call.request)
    }

    /// 503 while the service is ending, and when the log takes nothing any more.
    func ready(_ call: Call) async throws -> Response {
        if let reason = state.whyUnready { throw Problem(.unavailable, reason).retryable(after: 1) }
        for workspace in workspaces where !FileManager.default.fileExists(atPath: workspace.folder.logPath) {
            throw Problem(.unavailable, "the folder of a workspace is not there any more").retryable(after: 10)
        }
        for workspace in workspaces where (try? workspace.keys.isOpen) == nil {
            throw Problem(.unavailable, "the keys of a workspace cannot be read").retryable(after: 10)
        }
        return Response.json(.fields([("status", .text("ready"))]), for: call.request)
    }
}
