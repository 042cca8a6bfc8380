import HTTPTypes
import Hummingbird
import Wayfold

/// One method of one path: who may call it, and what it does. The table of all of them is the contract.
struct Endpoint: Sendable {
    typealias Handler = @Sendable (Call) async throws -> Response

    let method: HTTPRequest.Method
    /// As in OpenAPI: `/v1/views/{view}/{part}`.
    let path: String
    /// What the caller needs; nil: nothing, not even a key.
    let scope: AccessScope?
    let handler: Handler

    static func get(_ path: String, _ scope: AccessScope, _ handler: @escaping Handler) -> Endpoint {
        Endpoint(method: .get, path: path, scope: scope, handler: handler)
    }

    static func post(_ path: String, _ scope: AccessScope, _ handler: @escaping Handler) -> Endpoint {
        Endpoint(method: .post, path: path, scope: scope, handler: handler)
    }
}
