import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTP2
import NIOPosix
import Projections
import Wayfold

/// Turns what handlers throw into problem details, so that each failure is explained in the same form.
struct ProblemResponses: RouterMiddleware {
    func handle(
        _ request: Request, context: ServiceContext, next: (Request, ServiceContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPParserError {
            // Hummingbird answers 400 and closes, since nobody knows where the next request begins.
            throw error
        } catch {
            var problem = Problem(error, context.logger)
            let path = context.endpointPath ?? ""
            if PagesRoute.paths.contains(path) { return PagesRoute.page(of: problem, for: request) }
            if SegmentRoute.paths.contains(path) { problem = problem.forSegment }
            return problem.response()
        }
    }
}

extension Problem {
    /// Libraries that speak Segment's API look for these two; without them some take any problem for a broken connection,
    /// and send again what was refused for good.
    fileprivate var forSegment: Problem {
        var problem = self
        problem.members += [("code", .text(kind.rawValue)), ("message", .text(detail))]
        return problem
    }

    /// The problem that an error is to whoever asked.
    init(_ error: any Error, _ logger: Logger) {
        switch error {
        case let problem as Problem: self = problem
        case let error as QueryError:
            self = Problem(error.isAboutUnknown ? .notFound : .badRequest, "\(error)")
            if let parameter = error.parameter { members.append(("parameter", .text(parameter))) }
        case let error as OwnerFailure:
            self =
                switch error.kind {
                case .inDoubt: Problem(.inDoubt, "\(error)").retryable(after: 1)
                case .full: Problem(.full, "\(error)").retryable(after: 60)
                case .failed: Problem(.unavailable, "\(error)").retryable(after: 5)
                }
        case let error as HTTPError:
            self =
                switch error.status {
                case .notFound: Problem(.notFound, "there is nothing at this path")
                case .contentTooLarge: Problem(.tooLarge, "the body is longer than this server takes")
                default: Problem(.badRequest, error.body ?? error.status.reasonPhrase)
                }
        case is ChannelError, is IOError, is CancellationError, is NIOHTTP2Errors.StreamClosed:
            self = Problem(.badRequest, "the request ended early")
        case is AccessKeyError:
            logger.error("the keys cannot be read", metadata: ["error": "\(error)"])
            self = Problem(.unavailable, "the keys cannot be read; the server's log says more").retryable(after: 10)
        case is NIOThreadPoolError.ThreadPoolInactive:
            self = Problem(.unavailable, "the service is ending").retryable(after: 1)
        default:
            logger.error("a request failed", metadata: ["error": "\(error)"])
            self = Problem(.failed, "the server failed; its log says more")
        }
    }
}
