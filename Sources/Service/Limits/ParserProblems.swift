import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Answers what HTTP/1.1's parser refuses with problem details, in the log and the counts like any other answer; then there
/// is an end, since nobody knows where the next request begins.
final class ParserProblems: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let metrics: ServiceMetrics
    private let logger: Logger
    /// Answers that are still to come, of requests that were whole or begun.
    private var openCount = 0

    init(_ metrics: ServiceMetrics, _ logger: Logger) {
        self.metrics = metrics
        self.logger = logger
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head = unwrapInboundIn(data) { openCount += 1 }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { openCount -= 1 }
        context.write(data, promise: promise)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // Who is answered another request at the moment gets that, and the end.
        guard let error = error as? HTTPParserError, openCount == 0 else { return context.fireErrorCaught(error) }
        let problem =
            error == .headerOverflow
            ? Problem(.headersTooLarge, "the address and the headers are longer, or more, than this server takes")
            : Problem(.badRequest, "this is no HTTP request: \(String(reflecting: error))")
        var response = problem.response()
        response.headers[.connection] = "close"
        response.headers[.contentLength] = "\(problem.body.readableBytes)"
        metrics.record(endpoint: "none", method: .init("UNREAD")!, status: problem.kind.status.code, seconds: 0)
        logger.info("a request was not read", metadata: ["status": "\(problem.kind.status.code)"])
        context.write(wrapOutboundOut(.head(response.head)), promise: nil)
        context.write(wrapOutboundOut(.body(problem.body)), promise: nil)
        let place = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in place.value.close(promise: nil) }
    }
}
