import Foundation
import HTTPTypes
import Testing

@testable import Service

@Suite struct EventsListRouteTests {
    @Test func `a page is known by a tag, and says what it depends on`() async throws {
        try await TestService.with { service in
            try await service.store([Sample.order(1), Sample.visit("v")])
            let page = try await service.get("/v1/events")
            #expect(page.headers[.vary] == "Accept, Accept-Encoding, Authorization")
            let tag = try #require(page.headers[.eTag])
            #expect(try await service.get("/v1/events", [.ifNoneMatch: tag]).status == 304)
            #expect(try await service.get("/v1/events", [.ifNoneMatch: "\"x\", " + tag]).status == 304)
            let lines: HTTPFields = [.ifNoneMatch: tag, .accept: "application/x-ndjson"]
            #expect(try await service.get("/v1/events", lines).status == 200)
            #expect(try await service.get("/v1/events?limit=1", [.ifNoneMatch: tag]).status == 200)
            try await service.store([Sample.visit("w")])
            #expect(try await service.get("/v1/events", [.ifNoneMatch: tag]).status == 200)
        }
    }

    @Test func `a page ends when it is long, and the next goes on`() async throws {
        try await TestService.with { service in
            let url = "https://shop.example/" + String(repeating: "x", count: 60_000)
            for first in [0, 50] {
                try await service.store(
                    (first..<first + 50).map {
                        Sample.visit("\($0)").replacing("https://shop.example/", with: url)
                    })
            }
            var path: String? = "/v1/events?limit=1000&type=page.viewed"
            var counts: [Int] = []
            while let next = path {
                let page = try await service.get(next)
                #expect(page.bytes.count < 4 << 20 + 70_000)
                let events = try JSONSerialization.jsonObject(with: Data(page.bytes)) as? [Any]
                counts.append(try #require(events).count)
                path = page.headers[.link].map { String($0.drop { $0 != "<" }.dropFirst().prefix { $0 != ">" }) }
            }
            #expect(counts.count == 2 && counts.reduce(0, +) == 100, "\(counts)")
            let lines = try await service.get("/v1/events?limit=3", [.accept: "application/x-ndjson"])
            #expect(lines.text.split(separator: "\n").count == 3)
            #expect(try await service.get("/v1/events?type=nothing").text == "[]\n")
        }
    }
}
