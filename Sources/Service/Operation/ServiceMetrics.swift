import HTTPTypes
import Synchronization
import Touchpoints

/// What the service has done since it was started.
final class ServiceMetrics: Sendable {
    private struct Request: Hashable {
        var endpoint: String
        var method: String
        var status: Int
    }

    private struct Counts {
        var requests: [Request: UInt64] = [:]
        var requestSeconds: [String: Histogram] = [:]
        var events: [String: UInt64] = [:]
        var appendSeconds = Histogram(Histogram.seconds)
        var appendEvents = Histogram(Histogram.sizes)
    }

    private let counts = Mutex(Counts())

    func record(endpoint: String, method: HTTPRequest.Method, status: Int, seconds: Double) {
        // Methods are the client's words: those that nobody knows count as one.
        let method = HTTPRequest.Method.known.contains(method) ? method.rawValue : "other"
        counts.withLock { counts in
            counts.requests[Request(endpoint: endpoint, method: method, status: status), default: 0] += 1
            counts.requestSeconds[endpoint, default: Histogram(Histogram.seconds)].add(seconds)
        }
    }

    func record(refused count: Int) { counts.withLock { $0.events["refused", default: 0] += UInt64(count) } }

    func record(_ verdicts: [Verdict], seconds: Double) {
        counts.withLock { counts in
            for verdict in verdicts { counts.events[verdict.name, default: 0] += 1 }
            counts.appendSeconds.add(seconds)
            counts.appendEvents.add(Double(verdicts.count))
        }
    }

    /// In Prometheus' text format 0.0.4.
    var text: String {
        let counts = counts.withLock { $0 }
        var text = Self.head("wayfold_http_requests_total", "counter", "Requests answered.")
        for (request, count) in counts.requests.sorted(by: { "\($0.key)" < "\($1.key)" }) {
            text += "wayfold_http_requests_total{endpoint=\"\(request.endpoint)\",method=\"\(request.method)\","
            text += "status=\"\(request.status)\"} \(count)\n"
        }
        text += Self.head(
            "wayfold_http_request_seconds", "histogram", "From the head of a request to that of its answer.")
        for (endpoint, histogram) in counts.requestSeconds.sorted(by: { $0.key < $1.key }) {
            text += histogram.lines("wayfold_http_request_seconds", "endpoint=\"\(endpoint)\"")
        }
        text += Self.head("wayfold_events_total", "counter", "Events received, by what became of them.")
        for (verdict, count) in counts.events.sorted(by: { $0.key < $1.key }) {
            text += "wayfold_events_total{verdict=\"\(verdict)\"} \(count)\n"
        }
        text += Self.head(
            "wayfold_append_seconds", "histogram", "From handing events to the log until they are on disk.")
        text += counts.appendSeconds.lines("wayfold_append_seconds")
        text += Self.head("wayfold_append_events", "histogram", "Events that were handed to the log together.")
        return text + counts.appendEvents.lines("wayfold_append_events")
    }

    static func head(_ name: String, _ type: String, _ help: String) -> String {
        "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }
}

extension HTTPRequest.Method {
    fileprivate static let known: Set<HTTPRequest.Method> = [
        .get, .head, .post, .put, .patch, .delete, .options, .trace, .connect,
    ]
}
