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
    /// What figures are read by: they are wanted most where queries wait.
    private let scrapes: QueryPool
    private let tls: TLSConfiguration?
    private let shelf: ListShelf

    /// Holds the options good, opens the folders, and becomes their owner.
    ///
    /// - Throws: before any folder is made, what is wrong with the options; ``FolderOwned``.
    init(_ options: ServiceOptions, catalogue: Catalogue, worker: [String]? = nil, logger: Logger) async throws {
        try options.check()
        try options.checkOwners()
        try options.checkListening()
        self.options = options
        self.logger = logger
        tls = try options.tls
        let isLoopback = AccessGate.isLoopback(host: options.host)
        var tokens: TokenCheck?
        if let keySet = options.keySet, let issuer = options.issuer, let audience = options.audience {
            tokens = try await TokenCheck(keySetAt: keySet, issuer: issuer, audience: audience, logger: logger)
        }
        guard isLoopback || tokens != nil || options.hasKeys else {
            throw ServiceOptionsError(
                description: "listen: \(options.host) can be reached from other machines, and there is no key yet: "
                    + "make one (wayfold key create), or listen on 127.0.0.1")
        }
        metrics = ServiceMetrics()
        state = ServiceState()
        var workspaces: [Workspace] = []
        for (name, path) in options.workspaces.sorted(by: { $0.key < $1.key }) {
            workspaces.append(
                try await Workspace(name: name, path: path, catalogue: catalogue, worker: worker, metrics: metrics))
        }
        self.workspaces = workspaces
        for workspace in workspaces { try workspace.checkKeys() }
        gate = AccessGate(workspaces: workspaces, tokens: tokens, isLoopback: isLoopback)
        lanes = QueryLanes(options.limits)
        shelf = ListShelf(options.limits)
        let room = IntakeRoom(byteCount: options.limits.waitingByteCount)
        let streams = StreamRoom(options.limits.streams)
        // Of their own, and with a place for each: a stream that has begun cannot be told to come again.
        streamPool = QueryPool(threads: 2, waiting: options.limits.streams)
        scrapes = QueryPool(threads: 1, waiting: 16)
        let intakes = Intakes(
            room: room, bodies: IntakeRoom(byteCount: options.limits.collectedByteCount),
            strangers: IntakeRoom(byteCount: options.limits.collectedByteCount / 8), metrics: metrics, pool: lanes.long)
        let views = ViewsRoute(lanes: lanes, shelf: shelf)
        endpoints = Endpoints(
            events: EventsRoute(intakes: intakes, limits: options.limits), segment: SegmentRoute(intakes: intakes),
            eventsList: EventsListRoute(pool: lanes.long, streams: streams, streamPool: streamPool), views: views,
            customers: CustomersRoute(views: views), explain: ExplainRoute(views: views),
            health: HealthRoute(workspaces: workspaces, state: state),
            metrics: MetricsRoute(
                metrics: metrics, workspaces: workspaces, room: room, bodies: intakes.bodies, lanes: lanes,
                shelf: shelf,
                streams: streams, threads: scrapes),
            pages: PagesRoute(lanes: lanes), log: LogRoute(pool: lanes.long))
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
        WorkspaceKeeper(
            workspaces: workspaces, shelf: shelf, pools: [lanes.short, lanes.long, streamPool, scrapes],
            treePool: lanes.long, state: state,
            logger: logger)
    }

    private func server() throws -> HTTPServerBuilder {
        let limits = options.limits
        let counts = AddressCounts(limit: limits.connectionsPerAddress)
        let configuration = HTTP1Channel.Configuration(
            additionalChannelHandlers: [ConnectionGuard(limits), ParserProblems(metrics, logger)],
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: limits.headerByteCount / 2, maxHeaderListSize: limits.headerByteCount,
                maxHeaderFieldCount: 100))
        guard let tls else {
            return HTTPServerBuilder { responder in
                GuardedChannel(
                    base: HTTP1Channel(responder: responder, configuration: configuration), limits: limits,
                    counts: counts)
            }
        }
        return HTTPServerBuilder { [tls] responder in
            let both = HTTP2UpgradeChannel.Configuration(
                idleTimeout: .seconds(limits.idleSeconds), streamConfiguration: configuration)
            return GuardedChannel(
                base: try HTTP2UpgradeChannel(tlsConfiguration: tls, configuration: both, responder: responder),
                limits: limits, counts: counts)
        }
    }
}
