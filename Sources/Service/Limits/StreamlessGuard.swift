import NIOCore
import NIOTLS

/// Closes an HTTP/2 connection that has had no stream for too long.
///
/// The framework asks it to go after ``ServiceLimits/idleSeconds``, and waits for an answer, which may never come. Stands behind
/// TLS; the guards of the streams tell it of theirs.
final class StreamlessGuard: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    /// So long it may take to answer.
    private static let answerSeconds = 2

    private let patience: TimeAmount
    private var place: NIOLoopBound<ChannelHandlerContext>?
    private var deadline: Scheduled<Void>?
    private var streamCount = 0

    init(_ limits: ServiceLimits) { patience = .seconds(Int64(limits.idleSeconds + Self.answerSeconds)) }

    /// That of the connection which a stream's channel belongs to; nil for a connection without streams.
    static func ofConnection(behind stream: any Channel) -> StreamlessGuard? {
        guard let parent = stream.parent, parent.eventLoop.inEventLoop else { return nil }
        return try? parent.pipeline.syncOperations.handler(type: StreamlessGuard.self)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        place = NIOLoopBound(context, eventLoop: context.eventLoop)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        deadline?.cancel()
        place = nil
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted("h2")? = event as? TLSUserEvent { wait() }
        context.fireUserInboundEventTriggered(event)
    }

    func began() {
        streamCount += 1
        deadline?.cancel()
    }

    func ended() {
        streamCount -= 1
        if streamCount == 0 { wait() }
    }

    private func wait() {
        guard let place else { return }
        deadline = place.value.eventLoop.scheduleTask(in: patience) { place.value.close(promise: nil) }
    }
}
