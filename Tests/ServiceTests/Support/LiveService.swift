import Logging
import ServiceLifecycle
import Synchronization
import Wayfold

@testable import Service

/// A service that listens on a port of this machine, for tests that speak to it over a socket.
struct LiveService: Sendable {
    let port: Int
    let service: WayfoldService
    let group: ServiceGroup

    /// Starts one, and ends it behind the body as a signal would.
    static func with(
        log: LineKeeper? = nil, _ change: (inout ServiceOptions) -> Void = { _ in },
        _ body: @escaping @Sendable (LiveService) async throws -> Void
    ) async throws {
        let scratch = try Scratch()
        let service = try await TestService.make(scratch, log: log, change)
        let (ports, known) = AsyncStream.makeStream(of: Int.self)
        let application = try service.application { known.yield($0) }
        var logger = Logger(label: "test") { _ in JSONLogHandler(label: "test") { _ in } }
        logger.logLevel = .critical
        let group = ServiceGroup(
            configuration: .init(
                services: [.init(service: service.keeper), .init(service: application)], logger: logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var port = 0
            for await first in ports {
                port = first
                break
            }
            do { try await body(LiveService(port: port, service: service, group: group)) } catch {
                await group.triggerGracefulShutdown()
                throw error
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
        withExtendedLifetime(scratch) {}
    }
}
