import NIOCore
import NIOHTTP1

/// Refuses HTTP/1.1 requests without a host, or with more than one (RFC 9112, 3.2): who asks is told by it.
final class HostCheck: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head(let head) = unwrapInboundIn(data) {
            let count = head.headers["host"].count
            guard count == 1 || (count == 0 && head.version == .http1_0) else {
                return context.fireErrorCaught(HTTPParserError.invalidHeaderToken)
            }
        }
        context.fireChannelRead(data)
    }
}
