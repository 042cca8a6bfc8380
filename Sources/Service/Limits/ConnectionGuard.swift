import NIOCore
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import HTTPTypes

/// Closes connections that hold the service up.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private static let look = TimeAmount.seconds(1)

    private var patience: Patience
    private var isReadWanted = false
    private var looks: RepeatedTask?
    /// Of HTTP/2, whose streams have a guard each.
    private var connection: StreamlessGuard?

    init(_ limits: ServiceLimits) { patience = Patience(limits) }

    func handlerAdded(context: ChannelHandlerContext) {
        // Of HTTP/1.1, behind whose decoder two hosts look like one.
        let pipeline = context.pipeline.syncOperations
        if let decoder = try? pipeline.context(handlerType: HTTP1ToHTTPServerCodec.self) {
            try? pipeline.addHandler(HostCheck(), position: .before(decoder.handler))
        }
        connection = StreamlessGuard.ofConnection(behind: context.channel)
        connection?.began()
        let place = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        looks = context.eventLoop.scheduleRepeatedTask(initialDelay: Self.look, delay: Self.look) { _ in
            let (handler, context) = place.value
            handler.look(context)
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) { end() }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    private func end() {
        looks?.cancel()
        looks = nil
        connection?.ended()
        connection = nil
    }

    private func look(_ context: ChannelHandlerContext) {
        let isOver = patience.pass(
            seconds: Double(Self.look.nanoseconds) / 1e9, isReading: isReadWanted,
            isWritable: context.channel.isWritable)
        if isOver { context.close(promise: nil) }
    }

    func read(context: ChannelHandlerContext) {
        isReadWanted = true
        context.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        isReadWanted = false
        switch unwrapInboundIn(data) {
        case .head(let head):
            // Else a client that asks whether to send its body waits for a second or so (RFC 9110, 10.1.1).
            if head.headerFields[.expect]?.lowercased() == "100-continue", patience.phase != .answering {
                context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
            }
            patience.began(.reading)
        case .body(let bytes): patience.received(bodyBytes: bytes.readableBytes)
        case .end: if patience.phase == .reading { patience.began(.answering) }
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        // Also where the answer comes before the body has: what is left of that is waited for no longer than a next request.
        if case .end = unwrapOutboundIn(data) { patience.began(.waiting(isFirst: false)) }
        context.write(data, promise: promise)
    }
}
