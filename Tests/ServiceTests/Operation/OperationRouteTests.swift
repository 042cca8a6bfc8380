import Foundation
import HTTPTypes
import Testing
import Wayfold

@testable import Service

@Suite struct OperationRouteTests {
    @Test func `health and readiness are for everybody, also where there are keys`() async throws {
        try await TestService.with { service in
            _ = try service.service.workspaces[0].keys.create(
                scopes: [.query], expires: nil, note: nil, now: SystemClock.now())
            let health = try await service.get("/health")
            #expect(health.status == 200)
            let ready = try await service.get("/ready")
            #expect(ready.status == 200)
            let metrics = try await service.get("/metrics")
            #expect(metrics.status == 401)
            service.service.state.end("it is over")
            let over = try await service.get("/ready")
            #expect(over.status == 503)
            #expect(over.text.contains("it is over"))
        }
    }

    @Test func `metrics count requests and events, and tell how far views are behind`() async throws {
        try await TestService.with { service in
            _ = try await service.post("[\(Sample.order(1)),\(Sample.order(1)),\(Sample.order(2, "x"))]")
            _ = try await service.post("[\(Sample.order(3).replacing("2026", with: "2999")),{\"id\":\"x\"}]")
            _ = try await service.post("[\(Sample.order(3)),\(Sample.order(4, "x"))]", to: "/v1/events?validate=only")
            _ = try await service.get("/v1/customers/member:secret")
            let text = try await service.get("/metrics").text
            for line in [
                #"wayfold_http_requests_total{workspace="default",endpoint="/v1/events",method="POST",status="200"} 2"#,
                #"wayfold_http_requests_total{workspace="default",endpoint="/v1/customers/{alias}",method="GET",status="404"} 1"#,
                #"wayfold_events_total{workspace="default",verdict="stored"} 1"#,
                #"wayfold_events_total{workspace="default",verdict="duplicate"} 1"#,
                #"wayfold_events_total{workspace="default",verdict="refused"} 3"#,
                #"wayfold_refused_events_total{workspace="default",reason="data"} 1"#,
                #"wayfold_refused_events_total{workspace="default",reason="time"} 1"#,
                #"wayfold_refused_events_total{workspace="default",reason="attribute"} 1"#,
                #"wayfold_trial_events_total{workspace="default",verdict="stored"} 1"#,
                #"wayfold_trial_events_total{workspace="default",verdict="refused"} 1"#,
                #"wayfold_append_seconds_count{workspace="default"} 2"#,
                #"wayfold_log_position{workspace="default"} 2"#, "wayfold_streams 0",
                // The policy, and the order.
                #"wayfold_commit_events_count{workspace="default"} 2"#,
                #"wayfold_commit_events_sum{workspace="default"} 2.0"#,
                #"wayfold_commit_bytes_count{workspace="default"} 2"#,
            ] { #expect(text.split(separator: "\n").contains(Substring(line)), "\(line)\n\(text)") }
            #expect(!text.contains("secret"))
            func value(_ series: String) throws -> Int {
                let line = try #require(text.split(separator: "\n").first { $0.hasPrefix(series + " ") }, "\(series)")
                return try #require(Int(line.dropFirst(series.count + 1)))
            }
            #expect(try value(#"wayfold_lmdb_readers{workspace="default",environment="log"}"#) >= 1)
            for part in ["log", "index"] {
                #expect(try value(#"wayfold_disk_used_bytes{workspace="default",part="\#(part)"}"#) > 0)
            }
            #expect(try value(#"wayfold_disk_free_bytes{workspace="default"}"#) > 0)
        }
    }

    @Test func `metrics are of one's own workspace, and of all for who administers`() async throws {
        try await TestService.with(workspaces: ["shop", "bank"]) { service in
            func text(_ workspace: Int, _ scopes: Set<AccessScope>) async throws -> String {
                let key = try service.service.workspaces[workspace].keys.create(
                    scopes: scopes, expires: nil, note: nil, now: SystemClock.now())
                let headers: HTTPFields = [.authorization: "Bearer " + key.token]
                for _ in 0...workspace { _ = try await service.get("/v1/views", headers) }
                return try await service.get("/metrics", headers).text
            }
            let bank = try await text(0, [.query])
            #expect(bank.contains("workspace=\"bank\""))
            let shop = try await text(1, [.query])
            #expect(shop.contains("workspace=\"shop\"") && !shop.contains("bank"))
            let all = try await text(1, [.query, .admin])
            #expect(all.contains("workspace=\"shop\"") && all.contains("workspace=\"bank\""))
        }
    }

    @Test func `metrics are in Prometheus' text format`() async throws {
        try await TestService.with { service in
            try await service.store([Sample.order(1)])
            let reply = try await service.get("/metrics")
            #expect(reply.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
            var families: [String: String] = [:]
            var (current, series) = ("", Set<Substring>())
            let sample = try Regex(#"^([a-z_]+)(\{([a-z]+="[^"]*",?)+\})? -?([0-9.e+-]+|NaN)$"#)
            for line in reply.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
                let words = line.split(separator: " ", maxSplits: 3)
                if line.hasPrefix("# HELP ") {
                    current = String(words[2])
                    #expect(families[current] == nil, "\(current) comes twice")
                } else if line.hasPrefix("# TYPE ") {
                    #expect(words[2] == current)
                    families[current] = String(words[3])
                } else {
                    #expect(try sample.wholeMatch(in: String(line)) != nil, "\(line)")
                    let name = line.prefix { $0 != "{" && $0 != " " }
                    let ends = families[current] == "histogram" ? ["_bucket", "_sum", "_count"] : [""]
                    #expect(ends.contains { name == current + $0 }, "\(line) stands under \(current)")
                    #expect((families[current] == "counter") == name.hasSuffix("_total"), "\(line)")
                    #expect(series.insert(line.prefix(upTo: line.lastIndex(of: " ")!)).inserted, "\(line) comes twice")
                }
            }
            #expect(families.count > 20)
        }
    }
}
