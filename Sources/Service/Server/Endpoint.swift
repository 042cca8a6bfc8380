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
    /// Whether the answer tells of single customers: who has asked is kept in the log.
    var isPersonal = false
    /// Finds the key in a body of who sends none in a header; it hands back a request that has the body still.
    var keyInBody: (@Sendable (inout Request) async throws -> String?)?

    static func get(_ path: String, _ scope: AccessScope, _ handler: @escaping Handler) -> Endpoint {
        Endpoint(method: .get, path: path, scope: scope, handler: handler)
    }

    /// The same, about single customers.
    var personal: Endpoint {
        var endpoint = self
        endpoint.isPersonal = true
        return endpoint
    }

    static func post(_ path: String, _ scope: AccessScope, _ handler: @escaping Handler) -> Endpoint {
        Endpoint(method: .post, path: path, scope: scope, handler: handler)
    }
}
