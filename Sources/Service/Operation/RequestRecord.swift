import HTTPTypes
import Hummingbird
import Logging

/// Counts each request, and writes one line of the log about it: by the endpoint's pattern, never by what stood in its path,
/// so that no name of a customer gets there. Who has asked is told by the number of a key or the subject of a token.
struct RequestRecord: RouterMiddleware {
    let metrics: ServiceMetrics

    func handle(
        _ request: Request, context: ServiceContext, next: (Request, ServiceContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        var response = try await next(request, context)
        response.headers[.requestID] = context.id
        let endpoint = context.endpointPath ?? "none"
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let caller = context.record.known
        metrics.record(
            endpoint: endpoint, method: request.method, status: response.status.code, seconds: seconds,
            in: caller?.workspace)
        // Who has read of customers is worth more than a line among others.
        context.logger.log(
            level: caller?.isPersonal == true ? .notice : .info, "request",
            metadata: Self.metadata(request.method, endpoint, response.status, seconds, caller))
        return response
    }

    private static func metadata(
        _ method: HTTPRequest.Method, _ endpoint: String, _ status: HTTPResponse.Status, _ seconds: Double,
        _ caller: CallRecord.Known?
    ) -> Logger.Metadata {
        var metadata: Logger.Metadata = [
            "method": "\(method.rawValue)", "endpoint": "\(endpoint)", "status": "\(status.code)",
            "milliseconds": "\(Int((seconds * 1_000).rounded()))",
        ]
        if let caller {
            metadata["workspace"] = "\(caller.workspace)"
            metadata["actor"] = "\(caller.actor)"
        }
        return metadata
    }
}

extension HTTPField.Name {
    static let link = Self("Link")!
    static let requestID = Self("X-Request-Id")!
    static let position = Self("Wayfold-Position")!
    static let epoch = Self("Wayfold-Epoch")!
    static let policy = Self("Wayfold-Policy")!
    static let stale = Self("Wayfold-Stale")!
    static let minPosition = Self("Wayfold-Min-Position")!
    static let prefer = Self("Prefer")!
    static let preferenceApplied = Self("Preference-Applied")!
    static let lastEventID = Self("Last-Event-ID")!
}
