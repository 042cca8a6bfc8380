import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Posts to a witness: one request on a connection of its own.
public struct WitnessClient: Sendable {
    private let scheme: String
    private let host: String
    private let port: Int
    private let path: String

    /// No answer is longer.
    private static let maxByteCount = 64 << 10
    private static let patience = TimeAmount.seconds(30)

    /// The request could not be made, or had no answer: why, for people.
    public struct Failed: Error, CustomStringConvertible {
        public let description: String
    }

    /// - Parameter url: `http://HOST[:PORT][/PREFIX]` or `https://...`, to which `/add-checkpoint` is added; nil for anything else.
    public init?(url: String) {
        let parts = url.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0] == "http" || parts[0] == "https" else { return nil }
        let place = parts[1].prefix { $0 != "/" }
        let words = place.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let host = words.first, !host.isEmpty,
            let port = words.count == 2 ? Int(words[1]) : parts[0] == "http" ? 80 : 443, (1...65_535).contains(port)
        else { return nil }
        var prefix = parts[1].dropFirst(place.count)
        while prefix.hasSuffix("/") { prefix.removeLast() }
        (scheme, self.host, self.port, path) = (String(parts[0]), String(host), port, prefix + "/add-checkpoint")
    }

    /// The status and the body of the answer.
    public func post(_ body: String) async throws -> (status: Int, body: String) {
        let loop = MultiThreadedEventLoopGroup.singleton.any()
        let promise = loop.makePromise(of: (status: Int, body: String).self)
        let tls = scheme == "https" ? try NIOSSLContext(configuration: .makeClientConfiguration()) : nil
        let connected = ClientBootstrap(group: loop).connectTimeout(Self.patience).channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                if let tls {
                    try channel.pipeline.syncOperations.addHandler(
                        NIOSSLClientHandler(context: tls, serverHostname: host))
                }
                try channel.pipeline.syncOperations.addHTTPClientHandlers()
                try channel.pipeline.syncOperations.addHandler(
                    AnswerCollector(promise: promise, maxByteCount: Self.maxByteCount))
            }
        }.connect(host: host, port: port)
        connected.whenFailure { promise.fail($0) }
        connected.whenSuccess { channel in
            var head = HTTPRequestHead(version: .http1_1, method: .POST, uri: path)
            head.headers = [
                "host": host, "content-length": "\(body.utf8.count)", "content-type": "text/plain; charset=utf-8",
                "connection": "close",
            ]
            channel.write(HTTPClientRequestPart.head(head), promise: nil)
            channel.write(HTTPClientRequestPart.body(.byteBuffer(ByteBuffer(string: body))), promise: nil)
            channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
        }
        let timer = loop.scheduleTask(in: Self.patience) { promise.fail(Failed(description: "there is no answer")) }
        defer { timer.cancel() }
        do { return try await promise.futureResult.get() } catch {
            throw Failed(description: "\(scheme)://\(host):\(port) cannot be asked: \(error)")
        }
    }
}

/// Collects one answer, and fulfils a promise with it.
private final class AnswerCollector: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart

    private let promise: EventLoopPromise<(status: Int, body: String)>
    private let maxByteCount: Int
    private var status = 0
    private var body = ByteBuffer()

    init(promise: EventLoopPromise<(status: Int, body: String)>, maxByteCount: Int) {
        (self.promise, self.maxByteCount) = (promise, maxByteCount)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): status = Int(head.status.code)
        case .body(var piece):
            body.writeBuffer(&piece)
            if body.readableBytes > maxByteCount { fail(context, "the answer is too long") }
        case .end:
            promise.succeed((status, String(buffer: body)))
            context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) { fail(context, "the connection was closed") }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { fail(context, "\(error)") }

    private func fail(_ context: ChannelHandlerContext, _ why: String) {
        promise.fail(WitnessClient.Failed(description: why))
        context.close(promise: nil)
    }
}
