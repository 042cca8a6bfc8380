import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Testing
import Wayfold

@testable import Service

/// A service over new folders, asked without a network; its views are folded in memory.
struct TestService {
    let scratch: Scratch
    let service: WayfoldService
    let client: any TestClientProtocol

    /// A worker that folds nothing.
    static let worker = [
        "/bin/bash", "-c", #"while read line; do echo "done 1"; [ "$line" = finish ] && exit 0; done"#, "worker",
    ]

    /// Makes one, and closes it behind the body.
    static func with<R: Sendable>(
        workspaces: [String] = ["default"], log: LineKeeper? = nil,
        _ change: (inout ServiceOptions) -> Void = { _ in },
        _ body: @escaping @Sendable (TestService) async throws -> R
    ) async throws -> R {
        let scratch = try Scratch()
        let service = try await make(scratch, workspaces, log: log, change)
        let result: Result<R, any Error>
        do {
            result = .success(
                try await service.application().test(.router) { client in
                    try await body(TestService(scratch: scratch, service: service, client: client))
                })
        } catch { result = .failure(error) }
        for workspace in service.workspaces { try await workspace.session.finish() }
        return try result.get()
    }

    static func make(
        _ scratch: Scratch, _ workspaces: [String] = ["default"], log: LineKeeper? = nil,
        _ change: (inout ServiceOptions) -> Void = { _ in }
    ) async throws -> WayfoldService {
        var options = ServiceOptions()
        options.port = 0
        for name in workspaces { options.workspaces[name] = scratch.path + "/" + name }
        change(&options)
        var logger = Logger(label: "test") { _ in JSONLogHandler(label: "test") { log?.keep($0) } }
        logger.logLevel = log == nil ? .critical : .info
        return try await WayfoldService(options, catalogue: .standard, worker: worker, logger: logger)
    }
}

/// What came back.
struct Reply {
    let status: Int
    let headers: HTTPFields
    let bytes: [UInt8]

    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The body as JSON.
    func json() throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    }

    var problem: String? { (try? json()["type"] as? String)?.replacing("urn:wayfold:problem:", with: "") }
}

extension TestService {
    func send(
        _ method: HTTPRequest.Method, _ path: String, _ headers: HTTPFields = [:], body: [UInt8]? = nil
    ) async throws -> Reply {
        try await client.execute(
            uri: path, method: method, headers: headers, body: body.map { ByteBuffer(bytes: $0) }
        ) { Reply(status: $0.status.code, headers: $0.headers, bytes: Array($0.body.readableBytesView)) }
    }

    func get(_ path: String, _ headers: HTTPFields = [:]) async throws -> Reply { try await send(.get, path, headers) }

    func post(
        _ body: String, as type: String = "application/cloudevents-batch+json", to path: String = "/v1/events",
        _ headers: HTTPFields = [:]
    ) async throws -> Reply {
        var headers = headers
        headers[.contentType] = type
        return try await send(.post, path, headers, body: Array(body.utf8))
    }

    /// Stores events, which must all be good.
    func store(_ events: [String]) async throws {
        let reply = try await post("[" + events.joined(separator: ",") + "]")
        #expect(reply.status == 200, "\(reply.text)")
        #expect(try reply.json()["stored"] as? Int == events.count, "\(reply.text)")
    }
}

/// Events as text.
enum Sample {
    static func order(_ id: Int, of member: String = "member:1", _ amount: String = "10.00", day: Int = 1) -> String {
        #"{"specversion":"1.0","id":"\#(id)","source":"shop","type":"order.paid","subject":"\#(member)","#
            + #""time":"2026-03-\#(day < 10 ? "0" : "")\#(day)T09:00:00Z","orderid":"A-\#(id)","#
            + #""data":{"total":{"amount":"\#(amount)","currency":"EUR"}}}"#
    }

    static func visit(_ id: String, of alias: String = "cookie:f3") -> String {
        #"{"specversion":"1.0","id":"\#(id)","source":"shop","type":"page.viewed","subject":"\#(alias)","#
            + #""time":"2026-03-01T09:00:00Z","data":{"url":"https://shop.example/"}}"#
    }
}
