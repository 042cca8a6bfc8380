import HTTPTypes
import Testing

@testable import Service

struct ExplainRouteTests {
    @Test func `a figure is explained over HTTP, page by page`() async throws {
        try await TestService.with { service in
            try await service.store((1...3).map { Sample.order($0, of: "member:1") })
            let path = "/v1/customers/member:1/explain?view=rfm&field=frequency"
            let whole = try await service.get(path)
            #expect(whole.status == 200, "\(whole.text)")
            let rows = try #require(try whole.json()["rows"] as? [[String: Any]])
            #expect(rows.map { $0["after"] as? String } == ["1", "2", "3", "3"])
            #expect(rows.map { $0["kind"] as? String } == ["event", "event", "event", "shown"])
            #expect(rows[0]["rules"] as? String == "order-paid")
            #expect(rows[0]["type"] as? String == "order.paid")

            let first = try await service.get(path + "&limit=3")
            let cursor = try #require(try first.json()["next_cursor"] as? String)
            let next = try await service.get("/v1/customers/member:1/explain?cursor=\(cursor)")
            #expect((try next.json()["rows"] as? [Any])?.count == 1)

            let all = try await service.get("/v1/views/rfm/behind?field=frequency&value=3")
            #expect((try all.json()["rows"] as? [Any])?.count == 4)
        }
    }

    @Test func `what cannot be explained is said`() async throws {
        try await TestService.with { service in
            try await service.store([Sample.order(1, of: "member:1")])
            for (query, status) in [
                ("", 400), ("?view=nothing", 404), ("?view=rfm&field=nothing", 400), ("?view=rfm&view=loyalty", 400),
            ] {
                let answer = try await service.get("/v1/customers/member:1/explain" + query)
                #expect(answer.status == status, "\(query): \(answer.text)")
            }
            #expect(try await service.get("/v1/customers/member:2/explain?view=rfm").status == 404)
        }
    }
}
