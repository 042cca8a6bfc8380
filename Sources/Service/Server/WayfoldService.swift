import Glibc
import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdHTTP2
import HummingbirdTLS
import Logging
import NIOSSL
import Projections
import ServiceLifecycle
import Wayfold

/// The HTTP service over one or more data folders.
struct WayfoldService {
    let options: ServiceOptions
    let workspaces: [Workspace]
    let endpoints: Endpoints
    let gate: AccessGate
    let metrics: ServiceMetrics
    let state: ServiceState
    let logger: Logger
    private let lanes: QueryLanes
    private let streamPool: QueryPool
    private let shelf: ListShelf

    /// Opens the folders, and becomes their owner.
    init(_ options: ServiceOptions, catalogue: Catalogue, worker: [String]? = nil, logger: Logger) async throws {
        try options.check()
        self.options = options
        self.logger = logger
        var workspaces: [Workspace] = []
        for (name, path) in options.workspaces.sorted(by: { $0.key < $1.key }) {
            var logger = logger
            logger[metadataKey: "workspace"] = "\(name)"
            workspaces.append(
                try await Workspace(name: name, path: path, catalogue: catalogue, worker: worker, logger: logger))
        }
        self.workspaces = workspaces
        let isLoopback = AccessGate.isLoopback(host: options.host)
        var tokens: TokenCheck?
        if let keySet = options.keySet, let issuer = options.issuer, let audience = options.audience {
            tokens = try await TokenCheck(keySetAt: keySet, issuer: issuer, audience: audience)
        }
        gate = AccessGate(workspaces: workspaces, tokens: tokens, isLoopback: isLoopback)
        for workspace in workspaces { try workspace.checkKeys() }
        let hasKeys = try workspaces.contains { try !$0.keys.isOpen }
        guard isLoopback || hasKeys || tokens != nil else {
            throw ServiceOptionsError(
                description: "listen: \(options.host) can be reached from other machines, and there is no key yet: "
                    + "make one (wayfold key create), or listen on 127.0.0.1")
        }
        metrics = ServiceMetrics()
        state = ServiceState()
        lanes = QueryLanes(options.limits)
        shelf = ListShelf(options.limits)
        let room = IntakeRoom(byteCount: options.limits.waitingByteCount)
        let streams = StreamRoom(options.limits.streams)
        // Of their own, and with a place for each: a stream that has begun cannot be told to come again.
        streamPool = QueryPool(threads: 2, waiting: options.limits.streams)
        let intakes = Intakes(
            room: room, bodies: IntakeRoom(byteCount: options.limits.collectedByteCount), metrics: metrics)
        let views = ViewsRoute(lanes: lanes, shelf: shelf)
        endpoints = Endpoints(
            events: EventsRoute(intakes: intakes, limits: options.limits), segment: SegmentRoute(intakes: intakes),
            eventsList: EventsListRoute(pool: lanes.long, streams: streams, streamPool: streamPool), views: views,
            customers: CustomersRoute(views: views),
            health: HealthRoute(workspaces: workspaces, state: state),
            metrics: MetricsRoute(metrics: metrics, room: room, lanes: lanes, shelf: shelf, streams: streams),
            pages: PagesRoute(lanes: lanes))
    }

    /// The HTTP side, to be run in a group with ``keeper``, which must end behind it.
    ///
    /// - Parameter listening: told the port when the service takes connections.
    func application(listening: @escaping @Sendable (Int) -> Void = { _ in }) throws -> some ApplicationProtocol {
        let router = ServiceRouter.make(endpoints.all, gate: gate, metrics: metrics)
        return Application(
            router: router, server: try server(),
            configuration: ApplicationConfiguration(
                address: .hostname(options.host, port: options.port), serverName: nil, backlog: 1_024,
                availableConnectionsDelegate: .maximum(options.limits.connections, logger: logger)),
            onServerRunning: { channel in listening(channel.localAddress?.port ?? 0) }, logger: logger)
    }

    var keeper: WorkspaceKeeper {
        WorkspaceKeeper(workspaces: workspaces, shelf: shelf, pools: [lanes.short, lanes.long, streamPool], state: state, logger: logger)
    }

    private func server() throws -> HTTPServerBuilder {
        let limits = options.limits
        let counts = AddressCounts(limit: limits.connectionsPerAddress)
        let configuration = HTTP1Channel.Configuration(
            additionalChannelHandlers: [ConnectionGuard(limits)],
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: limits.headerByteCount / 2, maxHeaderListSize: limits.headerByteCount,
                maxHeaderFieldCount: 100))
        guard let certificate = options.certificate, let privateKey = options.privateKey else {
            return HTTPServerBuilder { responder in
                GuardedChannel(
                    base: HTTP1Channel(responder: responder, configuration: configuration), limits: limits,
                    counts: counts)
            }
        }
        var tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(certificate).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: privateKey, format: .pem)))
        tls.minimumTLSVersion = .tlsv12
        return HTTPServerBuilder { [tls] responder in
            let both = HTTP2UpgradeChannel.Configuration(
                idleTimeout: .seconds(limits.idleSeconds), streamConfiguration: configuration)
            return GuardedChannel(
                base: try HTTP2UpgradeChannel(tlsConfiguration: tls, configuration: both, responder: responder),
                limits: limits, counts: counts)
        }
    }
}
