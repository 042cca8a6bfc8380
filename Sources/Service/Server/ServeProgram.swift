import Logging
public import Projections
import ServiceLifecycle
import Wayfold

/// The service as a program: what `wayfold serve` runs.
public enum ServeProgram {
    /// Where the options come from.
    public struct Sources: Sendable {
        /// By the names of options, from the command line.
        public var flags: [String: String] = [:]
        public var environment: [String: String] = [:]
        /// A YAML file.
        public var file: String?
        /// The data folder where no workspaces are named.
        public var folder: String

        public init(folder: String) { self.folder = folder }
    }

    /// The options in force, as a file would say them.
    public static func configuration(_ sources: Sources) async throws -> String {
        let options = try await options(sources)
        try options.check()
        return options.yaml
    }

    /// Serves until the process is told to end (SIGTERM, SIGINT): then takes no more, finishes what was accepted, folds and
    /// writes back, and returns.
    ///
    /// - Parameters:
    ///   - worker: what folds the views; nil: this program.
    ///   - listening: told where, when connections are taken.
    /// - Throws: what keeps the service from starting; ``ServiceEnded`` where the log takes nothing any more, so that whoever
    ///   keeps the process running starts it again.
    public static func run(
        _ sources: Sources, catalogue: Catalogue, worker: [String]? = nil,
        listening: @escaping @Sendable (String) -> Void
    ) async throws {
        let options = try await options(sources)
        try options.check()
        var handler = JSONLogHandler(label: "wayfold")
        if let level = Logger.Level(rawValue: options.logLevel) { handler.logLevel = level }
        let logger = Logger(label: "wayfold") { [handler] _ in handler }
        let service = try await WayfoldService(options, catalogue: catalogue, worker: worker, logger: logger)
        let scheme = options.certificate == nil ? "http" : "https"
        let application = try service.application { port in listening("\(scheme)://\(options.host):\(port)") }
        var configuration = ServiceGroupConfiguration(
            services: [.init(service: service.keeper), .init(service: application)],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = .seconds(options.stopSeconds)
        try await ServiceGroup(configuration: configuration).run()
    }

    private static func options(_ sources: Sources) async throws -> ServiceOptions {
        try await ServiceOptions.read(
            flags: sources.flags, environment: sources.environment, file: sources.file, folder: sources.folder)
    }
}

/// The log takes nothing any more; started again, the service opens it anew.
public struct ServiceEnded: Error, CustomStringConvertible {
    public let description: String
}
