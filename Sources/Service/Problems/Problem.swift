import HTTPTypes
import Hummingbird
import Wayfold

/// A request that was refused or failed, as problem details (RFC 9457).
struct Problem: Error {
    /// What kind of problem it is: contract for programs, as `urn:wayfold:problem:KIND`.
    enum Kind: String, CaseIterable {
        case badRequest = "bad-request"
        case unauthorized, forbidden
        case notFound = "not-found"
        case methodNotAllowed = "method-not-allowed"
        case notAcceptable = "not-acceptable"
        case conflict
        case gone
        case outdated
        case behind
        case tooLarge = "too-large"
        case headersTooLarge = "headers-too-large"
        case unsupportedMediaType = "unsupported-media-type"
        case refused
        case tooManyRequests = "too-many-requests"
        case failed
        case unavailable
        case inDoubt = "in-doubt"
        case full
    }

    var kind: Kind
    /// What went wrong this time, for people.
    var detail: String
    /// Further members, by name.
    var members: [(name: String, report: Report)] = []
    var headers: HTTPFields = [:]

    init(_ kind: Kind, _ detail: String) {
        self.kind = kind
        self.detail = detail
    }

    /// The same, to be tried again after so many seconds.
    func retryable(after seconds: Int) -> Problem {
        var problem = self
        problem.headers[.retryAfter] = String(seconds)
        return problem
    }

    /// The same, naming for programs the parameter that is wrong.
    func about(_ parameter: String) -> Problem {
        var problem = self
        problem.members.append(("parameter", .text(parameter)))
        return problem
    }

    /// The problem as JSON.
    var body: ByteBuffer {
        var fields: [(name: String, report: Report)] = [
            ("type", .text(kind.urn)), ("title", .text(kind.title)),
            ("status", .integer(kind.status.code)), ("detail", .text(detail)),
        ]
        fields += members
        return ByteBuffer(string: Report.fields(fields).json + "\n")
    }

    func response() -> Response {
        var headers = headers
        headers[.contentType] = "application/problem+json"
        headers[.cacheControl] = "no-store"
        return Response(status: kind.status, headers: headers, body: ResponseBody(byteBuffer: body))
    }
}

extension Problem.Kind {
    /// The kind as `type` of problem details names it.
    var urn: String { "urn:wayfold:problem:" + rawValue }

    var status: HTTPResponse.Status {
        switch self {
        case .badRequest: .badRequest
        case .unauthorized: .unauthorized
        case .forbidden: .forbidden
        case .notFound: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .notAcceptable: .notAcceptable
        case .conflict: .conflict
        case .gone: .gone
        case .outdated, .behind: .preconditionFailed
        case .tooLarge: .contentTooLarge
        case .headersTooLarge: .requestHeaderFieldsTooLarge
        case .unsupportedMediaType: .unsupportedMediaType
        case .refused: .unprocessableContent
        case .tooManyRequests: .tooManyRequests
        case .failed: .internalServerError
        case .unavailable, .inDoubt: .serviceUnavailable
        case .full: .init(code: 507, reasonPhrase: "Insufficient Storage")
        }
    }

    /// The same words for each problem of the kind.
    var title: String {
        switch self {
        case .badRequest: "The request cannot be understood"
        case .unauthorized: "A valid key or token is needed"
        case .forbidden: "The key or token does not allow this"
        case .notFound: "There is no such thing"
        case .methodNotAllowed: "This method is not for this path"
        case .notAcceptable: "The answer cannot be given in that format"
        case .conflict: "The source and id of the event stand for another content"
        case .gone: "The cursor has expired"
        case .outdated: "The customer has moved on since"
        case .behind: "The log has not come so far"
        case .tooLarge: "The body is too large"
        case .headersTooLarge: "The headers are too large"
        case .unsupportedMediaType: "The body has a type or coding that is not taken"
        case .refused: "No event was stored"
        case .tooManyRequests: "Too much is under way; try again"
        case .failed: "The server failed"
        case .unavailable: "The server cannot do this now; try again"
        case .inDoubt: "Whether the events were stored is in doubt; send them again"
        case .full: "The disk is full"
        }
    }
}
