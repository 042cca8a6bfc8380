import EventLog
import HTTPTypes
import Synchronization
import Touchpoints

/// What the service has done since it was started, by workspace.
final class ServiceMetrics: Sendable {
    fileprivate struct Request: Hashable {
        var endpoint: String
        var method: String
        var status: Int
    }

    fileprivate struct Counts {
        var requests: [Request: UInt64] = [:]
        var requestSeconds: [String: Histogram] = [:]
        var events: [String: UInt64] = [:]
        var refused: [String: UInt64] = [:]
        var trials: [String: UInt64] = [:]
        var appendSeconds = Histogram(Histogram.seconds)
        var appendEvents = Histogram(Histogram.sizes)
        var commitEvents = Histogram(Histogram.sizes)
        var commitBytes = Histogram(Histogram.bytes)
    }

    /// Under no name what is no workspace's: requests of whom nobody knows.
    private let counts = Mutex<[String: Counts]>([:])

    private func change(_ workspace: String?, _ body: (inout Counts) -> Void) {
        counts.withLock { body(&$0[workspace ?? "", default: Counts()]) }
    }

    func record(
        endpoint: String, method: HTTPRequest.Method, status: Int, seconds: Double, in workspace: String? = nil
    ) {
        // Methods are the client's words: those that nobody knows count as one.
        let method = HTTPRequest.Method.known.contains(method) ? method.rawValue : "other"
        change(workspace) { counts in
            counts.requests[Request(endpoint: endpoint, method: method, status: status), default: 0] += 1
            counts.requestSeconds[endpoint, default: Histogram(Histogram.seconds)].add(seconds)
        }
    }

    /// Events that could not be read.
    func record(refused: [Refusal], isTrial: Bool, in workspace: String) {
        guard !refused.isEmpty else { return }
        change(workspace) { counts in
            guard !isTrial else {
                counts.trials["refused", default: 0] += UInt64(refused.count)
                return
            }
            for refusal in refused { counts.take(refusal) }
        }
    }

    /// What the log has made of events.
    func record(_ verdicts: [Verdict], seconds: Double, in workspace: String) {
        change(workspace) { counts in
            for verdict in verdicts {
                if case .refused(let refusal) = verdict {
                    counts.take(refusal)
                } else {
                    counts.events[verdict.name, default: 0] += 1
                }
            }
            counts.appendSeconds.add(seconds)
            counts.appendEvents.add(Double(verdicts.count))
        }
    }

    func record(trial verdicts: [Verdict], in workspace: String) {
        change(workspace) { counts in
            for verdict in verdicts { counts.trials[verdict.name, default: 0] += 1 }
        }
    }

    func record(_ commit: CommitSize, in workspace: String) {
        change(workspace) { counts in
            counts.commitEvents.add(Double(commit.events))
            counts.commitBytes.add(Double(commit.bytes))
        }
    }

    /// Writes the counts of some workspaces, and those that are no workspace's.
    func write(_ workspaces: [String], to text: inout PrometheusText) {
        let all = counts.withLock { $0 }
        let counts = ([""] + workspaces).compactMap { name in all[name].map { (name, $0) } }
        text.begin("wayfold_http_requests_total", .counter, "Requests answered.")
        for (workspace, counts) in counts {
            for (request, count) in counts.requests.sorted(by: { "\($0.key)" < "\($1.key)" }) {
                let labels: [(name: String, value: String)] = [
                    ("workspace", workspace), ("endpoint", request.endpoint), ("method", request.method),
                    ("status", "\(request.status)"),
                ]
                text.add(labels, count)
            }
        }
        text.begin(
            "wayfold_http_request_seconds", .histogram, "From the head of a request to that of its answer.")
        for (workspace, counts) in counts {
            for (endpoint, histogram) in counts.requestSeconds.sorted(by: { $0.key < $1.key }) {
                text.add([("workspace", workspace), ("endpoint", endpoint)], histogram)
            }
        }
        func write(_ name: String, _ help: String, _ label: String, _ part: KeyPath<Counts, [String: UInt64]>) {
            text.begin(name, .counter, help)
            for (workspace, counts) in counts {
                for (value, count) in counts[keyPath: part].sorted(by: { $0.key < $1.key }) {
                    text.add([("workspace", workspace), (label, value)], count)
                }
            }
        }
        write("wayfold_events_total", "Events received, by what became of them.", "verdict", \.events)
        write("wayfold_refused_events_total", "Events that were refused, by what was wrong.", "reason", \.refused)
        write("wayfold_trial_events_total", "Events tried, by what would become of them.", "verdict", \.trials)
        func write(_ name: String, _ help: String, _ part: KeyPath<Counts, Histogram>) {
            text.begin(name, .histogram, help)
            for (workspace, counts) in counts where !workspace.isEmpty {
                text.add([("workspace", workspace)], counts[keyPath: part])
            }
        }
        write("wayfold_append_seconds", "From handing events to the log until they are on disk.", \.appendSeconds)
        write("wayfold_append_events", "Events that were handed to the log together.", \.appendEvents)
        write("wayfold_commit_events", "Events of one commit to the log.", \.commitEvents)
        write("wayfold_commit_bytes", "Bytes of one commit to the log, as stored.", \.commitBytes)
    }
}

extension ServiceMetrics.Counts {
    fileprivate mutating func take(_ refusal: Refusal) {
        events["refused", default: 0] += 1
        refused[refusal.kind, default: 0] += 1
    }
}

extension Refusal {
    /// One of a few words, whatever the events hold.
    fileprivate var kind: String {
        switch field {
        case "": "unreadable"
        case "time": "time"
        case _ where field == "data" || field.hasPrefix("data."): "data"
        default: "attribute"
        }
    }
}

extension HTTPRequest.Method {
    fileprivate static let known: Set<HTTPRequest.Method> = [
        .get, .head, .post, .put, .patch, .delete, .options, .trace, .connect,
    ]
}
