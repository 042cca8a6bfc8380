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
            _ = try await service.get("/v1/customers/member:secret")
            let text = try await service.get("/metrics").text
            for line in [
                #"wayfold_http_requests_total{endpoint="/v1/events",method="POST",status="200"} 1"#,
                #"wayfold_http_requests_total{endpoint="/v1/customers/{alias}",method="GET",status="404"} 1"#,
                #"wayfold_events_total{verdict="stored"} 1"#, #"wayfold_events_total{verdict="duplicate"} 1"#,
                "wayfold_append_seconds_count 1", "wayfold_log_position 2", "wayfold_streams 0",
            ] { #expect(text.split(separator: "\n").contains(Substring(line)), "\(line)\n\(text)") }
            #expect(!text.contains("secret"))
        }
    }
}
