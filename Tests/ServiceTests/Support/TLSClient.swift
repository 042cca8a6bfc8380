import AsyncHTTPClient
import NIOCore
import NIOPosix
import NIOSSL

@testable import Service

/// A client that speaks TLS to a service of a test, and HTTP/2 where both know it.
struct TLSClient {
    let client: HTTPClient
    let port: Int

    /// Makes one, and ends it behind the body.
    static func with(
        _ live: LiveService, _ version: HTTPClient.Configuration.HTTPVersion = .automatic,
        _ body: (TLSClient) async throws -> Void
    ) async throws {
        var configuration = HTTPClient.Configuration()
        var tls = TLSConfiguration.makeClientConfiguration()
        // Nobody has signed it, and it is its own machine that it talks to.
        tls.certificateVerification = .none
        configuration.tlsConfiguration = tls
        configuration.httpVersion = version
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        do { try await body(TLSClient(client: client, port: live.port)) } catch {
            try await client.shutdown()
            throw error
        }
        try await client.shutdown()
    }

    /// What came back, and whether over HTTP/2.
    func get(_ path: String) async throws -> (status: Int, text: String, isHTTP2: Bool) {
        try await send(HTTPClientRequest(url: url(path)))
    }

    func post(_ path: String, _ body: HTTPClientRequest.Body, as type: String = "application/json") async throws
        -> (status: Int, text: String, isHTTP2: Bool)
    {
        var request = HTTPClientRequest(url: url(path))
        request.method = .POST
        request.headers.add(name: "Content-Type", value: type)
        request.body = body
        return try await send(request)
    }

    private func url(_ path: String) -> String { "https://localhost:\(port)\(path)" }

    private func send(_ request: HTTPClientRequest) async throws -> (status: Int, text: String, isHTTP2: Bool) {
        let response = try await client.execute(request, timeout: .seconds(60))
        let body = try await response.body.collect(upTo: 1 << 20)
        return (Int(response.status.code), String(buffer: body), response.version == .http2)
    }
}

/// A connection of HTTP/2 that opens no stream and answers nothing.
struct MuteConnection {
    private let channel: any Channel

    init(port: Int) async throws {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.certificateVerification = .none
        tls.applicationProtocols = ["h2"]
        let context = try NIOSSLContext(configuration: tls)
        channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        NIOSSLClientHandler(context: context, serverHostname: "localhost"))
                }
            }.connect(host: "127.0.0.1", port: port).get()
        // HTTP/2's preface, and settings without any.
        let hello = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) + [0, 0, 0, 4, 0, 0, 0, 0, 0]
        try await channel.writeAndFlush(ByteBuffer(bytes: hello))
    }

    var isOpen: Bool { channel.isActive }
}
