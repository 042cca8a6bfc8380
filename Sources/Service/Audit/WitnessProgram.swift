import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle
import Wayfold

/// A witness as a program: what `wayfold witness` runs. C2SP tlog-witness, `POST /add-checkpoint`.
public enum WitnessProgram {
    /// No request is longer: 64 hashes and a note.
    private static let maxByteCount = 64 << 10

    /// Serves until the process is told to end (SIGTERM, SIGINT).
    ///
    /// - Parameter listening: told where, when connections are taken.
    public static func run(
        _ folder: WitnessFolder, host: String, port: Int, listening: @escaping @Sendable (String) -> Void
    ) async throws {
        let logger = Logger(label: "wayfold") { _ in JSONLogHandler(label: "wayfold") }
        let limits = ServiceLimits()
        let counts = AddressCounts(limit: limits.connectionsPerAddress)
        let configuration = HTTP1Channel.Configuration(
            additionalChannelHandlers: [ConnectionGuard(limits)],
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: limits.headerByteCount / 2, maxHeaderListSize: limits.headerByteCount,
                maxHeaderFieldCount: 100))
        let server = HTTPServerBuilder { responder in
            GuardedChannel(
                base: HTTP1Channel(responder: responder, configuration: configuration), limits: limits, counts: counts)
        }
        let application = Application(
            router: router(folder), server: server,
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: port), serverName: nil,
                availableConnectionsDelegate: .maximum(limits.connections, logger: logger)),
            onServerRunning: { channel in listening("http://\(host):\(channel.localAddress?.port ?? 0)") },
            logger: logger)
        let group = ServiceGroupConfiguration(
            services: [.init(service: application)], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        try await ServiceGroup(configuration: group).run()
    }

    static func router(_ folder: WitnessFolder) -> Router<ServiceContext> {
        let router = Router(context: ServiceContext.self)
        router.post("/add-checkpoint") { request, _ in
            let body = try await request.body.collect(upTo: maxByteCount)
            let text = String(buffer: body)
            let seconds = UInt64(max(0, SystemClock.now().rawValue / 1_000_000))
            return switch try folder.reply(to: text, at: seconds) {
            case .cosigned(_, let signature): answer(.ok, "\(signature)\n")
            case .goesOnFrom(let size): answer(.conflict, "\(size)\n", type: "text/x.tlog.size")
            case .refused(let status, let why): answer(.init(code: status), why + "\n")
            }
        }
        return router
    }

    private static func answer(
        _ status: HTTPResponse.Status, _ text: String, type: String = "text/plain; charset=utf-8"
    ) -> Response {
        Response(
            status: status, headers: [.contentType: type], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
