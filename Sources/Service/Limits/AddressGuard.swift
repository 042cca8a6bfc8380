import NIOCore

/// Stands first on every connection: one of an address that has too many is closed before anything is read of it.
final class AddressGuard: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let counts: AddressCounts
    private var address: String?

    init(_ counts: AddressCounts) { self.counts = counts }

    func handlerAdded(context: ChannelHandlerContext) {
        let address = context.channel.remoteAddress?.ipAddress ?? "local"
        guard counts.enter(address) else { return context.close(promise: nil) }
        self.address = address
    }

    func channelInactive(context: ChannelHandlerContext) {
        leave()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { leave() }

    private func leave() {
        if let address { counts.leave(address) }
        address = nil
    }
}
