import HummingbirdCore
import Logging
import NIOCore
import NIOSSL

/// A connection of the framework's with our guards before it: on bare bytes, and behind TLS where there is TLS.
struct GuardedChannel<Base: ServerChildChannel>: ServerChildChannel {
    typealias Value = Base.Value

    let base: Base
    let limits: ServiceLimits
    let counts: AddressCounts

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        do { try channel.pipeline.syncOperations.addHandler(AddressGuard(counts)) } catch {
            return channel.eventLoop.makeFailedFuture(error)
        }
        let value = base.setup(channel: channel, logger: logger)
        let pipeline = channel.pipeline.syncOperations
        if let tls = try? pipeline.context(handlerType: NIOSSLServerHandler.self) {
            let guards: [any ChannelHandler] = [HandshakeGuard(limits), StreamlessGuard(limits)]
            try? pipeline.addHandlers(guards, position: .after(tls.handler))
        }
        return value
    }

    func handle(value: Value, logger: Logger) async { await base.handle(value: value, logger: logger) }
}
