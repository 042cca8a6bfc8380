import Foundation
import HTTPTypes
import Testing
import Wayfold

@testable import Service

@Suite struct ViewsRouteTests {
    /// Orders of so many members, the n-th of n euros.
    private static func orders(_ count: Int, from first: Int = 1) -> [String] {
        (first..<(first + count)).map { Sample.order($0, of: "member:\($0)", "\($0).00") }
    }

    @Test func `rows come as JSON, NDJSON and CSV, with where they stand`() async throws {
        try await TestService.with { service in
            try await service.store(Self.orders(2))
            let path = "/v1/views/rfm/customers?sort=customer"
            let json = try await service.get(path)
            #expect(json.status == 200)
            #expect(json.headers[.position] == "3")
            #expect(json.headers[.policy] == "1")
            let rows = try #require(try json.json()["rows"] as? [[String: Any]])
            #expect(rows.map { $0["customer"] as? String } == ["member:1", "member:2"])
            #expect(rows[1]["monetary"] as? String == "2.00")
            let lines = try await service.get(path, [.accept: "application/x-ndjson"])
            #expect(lines.text.split(separator: "\n").count == 2)
            let csv = try await service.get(path, [.accept: "text/csv;q=0.9, application/xml"])
            #expect(csv.headers[.contentType]?.hasPrefix("text/csv") == true)
            #expect(csv.text.hasPrefix("customer,recency_days,"))
            #expect(try await service.get(path + "&format=csv").text == csv.text)
            #expect(try await service.get(path, [.accept: "image/png"]).status == 406)
        }
    }

    @Test func `conditions, options and customers choose rows`() async throws {
        try await TestService.with { service in
            try await service.store(Self.orders(5))
            func customers(_ query: String) async throws -> [String] {
                let reply = try await service.get("/v1/views/rfm/customers?sort=customer&" + query)
                let rows = try #require(try reply.json()["rows"] as? [[String: Any]], "\(reply.text)")
                return rows.compactMap { $0["customer"] as? String }
            }
            #expect(try await customers("where=monetary%3E%3D4") == ["member:4", "member:5"])
            #expect(try await customers("where=customer+in+member:1,member:3") == ["member:1", "member:3"])
            #expect(try await customers("where=monetary>1&where=monetary<3.5") == ["member:2", "member:3"])
            #expect(try await customers("customer=member:2") == ["member:2"])
            #expect(try await customers("scores=ntile&limit=2&cursor=none") == ["member:1", "member:2"])
        }
    }

    @Test func `what cannot be asked is a problem that says what can`() async throws {
        try await TestService.with { service in
            try await service.store(Self.orders(1))
            let wrong: [(String, Int)] = [
                ("/v1/views/nothing/customers", 404), ("/v1/views/rfm/nothing", 404),
                ("/v1/views/rfm/customers?customer=member:9", 404), ("/v1/customers/member:9", 404),
                ("/v1/customers/member:1/nothing", 404), ("/v1/views/rfm/customers?colour=red", 400),
                ("/v1/views/rfm/customers?where=colour=red", 400), ("/v1/views/rfm/customers?sort=colour", 400),
                ("/v1/views/rfm/customers?limit=0", 400), ("/v1/views/rfm/customers?limit=1&limit=2", 400),
                ("/v1/views/rfm/customers?as-of=yesterday", 400), ("/v1/views/rfm/customers?as-known=99", 400),
                ("/v1/views/rfm/customers?cursor=x", 400), ("/v1/views/rfm/customers?where=%FF", 400),
                ("/v1/views/rfm/customers?format=xml", 400),
            ]
            for (path, status) in wrong {
                let reply = try await service.get(path)
                #expect(reply.status == status, "\(path): \(reply.text)")
                #expect(reply.headers[.contentType] == "application/problem+json")
            }
        }
    }

    @Test(arguments: ["", "&sort=-monetary"], ["application/json", "text/csv"])
    func `pages give each row once, at one position, while events arrive`(sort: String, type: String) async throws {
        try await TestService.with { service in
            try await service.store(Self.orders(57))
            let accept: HTTPFields = [.accept: type]
            let whole = try await service.get("/v1/views/rfm/customers?limit=1000" + sort, accept)
            var path: String? = "/v1/views/rfm/customers?limit=10" + sort
            var pages: [Reply] = []
            while let next = path {
                let page = try await service.get(next, accept)
                #expect(page.status == 200, "\(page.text)")
                pages.append(page)
                // The cursor knows how many rows a page has.
                path = page.headers[.link].map { String($0.drop { $0 != "<" }.dropFirst().prefix { $0 != ">" }) }
                try await service.store(Self.orders(1, from: 100 + pages.count))
            }
            #expect(pages.count == 6)
            #expect(pages.allSatisfy { $0.headers[.position] == "58" })
            func rows(_ reply: Reply) throws -> [String] {
                type == "text/csv"
                    ? reply.text.split(separator: "\r\n").dropFirst().map(String.init)
                    : try #require(try reply.json()["rows"] as? [[String: Any]]).map {
                        "\($0.sorted { $0.key < $1.key })"
                    }
            }
            #expect(try pages.flatMap(rows) == rows(whole))
        }
    }

    @Test func `a cursor that is not known any more is gone, also another workspace's`() async throws {
        try await TestService.with({ $0.limits.lists = 1 }) { service in
            try await service.store(Self.orders(5))
            let first = try #require(
                try await service.get("/v1/views/rfm/customers?limit=2").json()["next_cursor"] as? String)
            _ = try await service.get("/v1/views/rfm/customers?limit=3")
            let gone = try await service.get("/v1/views/rfm/customers?cursor=" + first)
            #expect(gone.status == 410)
            #expect(gone.problem == "gone")
        }
    }

    @Test func `a cursor is of its route, in its format, and stands for rows that there are`() async throws {
        try await TestService.with { service in
            try await service.store(Self.orders(9))
            let path = "/v1/views/rfm/customers"
            let first = try #require(
                try await service.get(path + "?limit=2").json()["next_cursor"] as? String)
            let list = first.split(separator: ".")[0]
            let tries: [(String, HTTPFields, Int)] = [
                (path + "?cursor=" + first, [:], 200), (path + "?limit=1&cursor=" + first, [:], 200),
                (path + "?format=json&cursor=" + first, [:], 200), (path + "?format=csv&cursor=" + first, [:], 400),
                (path + "?cursor=" + first, [.accept: "text/csv"], 406),
                (path + "?sort=customer&cursor=" + first, [:], 400),
                ("/v1/views/loyalty/members?cursor=" + first, [:], 400),
                ("/v1/customers/member:1/rfm?cursor=" + first, [:], 400), (path + "?cursor=\(list).010.2", [:], 400),
                (path + "?cursor=\(list).99999999.2", [:], 400), (path + "?cursor=a.999999999999", [:], 400),
                (path + "?cursor=\(String(repeating: "0", count: 32)).0.2", [:], 410),
            ]
            for (path, headers, status) in tries {
                let reply = try await service.get(path, headers)
                #expect(reply.status == status, "\(path): \(reply.text)")
            }
            let second = try await service.get(path + "?cursor=" + first)
            #expect((try second.json()["rows"] as? [Any])?.count == 2)
        }
    }

    @Test func `a problem names the parameter that is wrong, in words that are not those of a command`() async throws {
        try await TestService.with { service in
            try await service.store(Self.orders(1))
            for (query, parameter) in [
                ("rfm/customers?colour=red", "colour"), ("rfm/customers?where=colour=red", "where"),
                ("rfm/customers?sort=colour", "sort"), ("rfm/customers?limit=0", "limit"),
                ("rfm/customers?scores=best", "scores"), ("rfm/customers?as-of=yesterday", "as-of"),
                ("rfm/customers?as-of=2999-01-01", "as-of"), ("rfm/customers?as-known=99", "as-known"),
                ("rfm/customers?cursor=x", "cursor"),
                ("rfm/customers?format=xml", "format"), ("rfm/customers?limit=1&limit=2", "limit"),
                ("journey/funnel", "steps"), ("journey/timeline", "customer"), ("rfm/segments?customer=1", "customer"),
                ("rfm/corrections", "since"), ("rfm/corrections?since=x", "since"),
                ("rfm/customers?customer=9", "customer"),
            ] {
                let reply = try await service.get("/v1/views/" + query)
                #expect(reply.status == 400 || reply.status == 404, "\(query): \(reply.text)")
                #expect(try reply.json()["parameter"] as? String == parameter, "\(query): \(reply.text)")
                #expect(!reply.text.contains("--") && !reply.text.contains("wayfold "), "\(reply.text)")
            }
        }
    }

    @Test func `a customer's page is known by a tag, and says its policy`() async throws {
        try await TestService.with { service in
            try await service.store(Self.orders(2))
            let page = try await service.get("/v1/customers/member:1")
            #expect(page.headers[.policy] == "1")
            #expect(page.headers[.vary]?.contains("Authorization") == true)
            let tag = try #require(page.headers[.eTag])
            #expect(try await service.get("/v1/customers/member:1", [.ifNoneMatch: tag]).status == 304)
            #expect(try await service.get("/v1/customers/member:2", [.ifNoneMatch: tag]).status == 200)
            #expect(try await service.get("/v1/customers/member:9", [.ifNoneMatch: "*"]).status == 404)
            try await service.store(Self.orders(1, from: 9))
            #expect(try await service.get("/v1/customers/member:1", [.ifNoneMatch: tag]).status == 200)
        }
    }

    @Test func `one customer is answered the same at once, behind events, and in many rows`() async throws {
        try await TestService.with { service in
            try await service.store((1...30).map { Sample.order($0, of: "member:1", day: $0 % 28 + 1) })
            // So that there is something to answer at once from.
            let engine = try FoldEngine(folder: service.service.workspaces[0].folder, catalogue: .standard)
            _ = try engine.catchUp()
            try engine.save()
            try engine.close()
            for _ in 0..<3 {
                let rows = try await service.get("/v1/customers/member:1/timeline?limit=10")
                #expect((try rows.json()["rows"] as? [Any])?.count == 10)
                #expect(rows.headers[.link] != nil)
                let all = try await service.get("/v1/customers/member:1/timeline?format=ndjson")
                #expect(all.text.split(separator: "\n").count == 30)
                #expect(try await service.get("/v1/customers/member:1/lifecycle").status == 200)
                #expect(try await service.get("/v1/customers/member:9/lifecycle").status == 404)
            }
            let before = try await service.get("/v1/customers/member:1/loyalty")
            try await service.store([Sample.order(99, of: "member:1", day: 28)])
            let after = try await service.get("/v1/customers/member:1/loyalty")
            #expect(before.headers[.position] == "31" && after.headers[.position] == "32")
        }
    }

    @Test func `an answer that has not changed is not sent again`() async throws {
        try await TestService.with { service in
            try await service.store(Self.orders(2))
            let path = "/v1/views/lifecycle/stages"
            let tag = try #require(try await service.get(path).headers[.eTag])
            let same = try await service.get(path, [.ifNoneMatch: tag])
            #expect(same.status == 304)
            #expect(try await service.get(path, [.ifNoneMatch: "*"]).status == 304)
            #expect(try await service.get(path + "?order=any", [.ifNoneMatch: "*"]).status == 400)
            #expect(same.bytes.isEmpty)
            #expect(try await service.get(path + "?limit=5", [.ifNoneMatch: tag]).status == 200)
            try await service.store(Self.orders(1, from: 9))
            #expect(try await service.get(path, [.ifNoneMatch: tag]).status == 200)
        }
    }

    @Test func `who has written reads its own writes, or is told that there are none such`() async throws {
        try await TestService.with { service in
            try await service.store(Self.orders(1))
            let path = "/v1/customers/member:1/rfm"
            #expect(try await service.get(path, [.minPosition: "2"]).status == 200)
            let early = try await service.get(path, [.minPosition: "3"])
            #expect(early.status == 412)
            #expect(early.problem == "behind")
            #expect(try await service.get(path, [.minPosition: "soon"]).status == 400)
        }
    }

    @Test func `a customer is found under an alias that stands encoded in the path`() async throws {
        try await TestService.with { service in
            try await service.store([Sample.order(1, of: "email:a/b@x.example")])
            let page = try await service.get("/v1/customers/email%3Aa%2Fb%40x.example")
            #expect(page.status == 200, "\(page.text)")
            #expect(try page.json()["customer"] as? String == "email:a/b@x.example")
            for part in ["timeline", "journey", "lifecycle", "rfm", "loyalty"] {
                let rows = try await service.get("/v1/customers/email%3Aa%2Fb%40x.example/" + part)
                #expect(rows.status == 200, "\(part): \(rows.text)")
                #expect((try rows.json()["rows"] as? [Any])?.count == 1)
            }
        }
    }

    @Test func `long answers are gzipped for who takes that`() async throws {
        try await TestService.with { service in
            try await service.store(Self.orders(50))
            let path = "/v1/views/rfm/customers"
            let all = try await service.get(path + "?format=csv&limit=20")
            #expect(all.text.split(separator: "\r\n").count == 21)
            let packed = try await service.get(path, [.acceptEncoding: "gzip, br"])
            #expect(packed.headers[.contentEncoding] == "gzip")
            #expect(packed.bytes.starts(with: [0x1F, 0x8B]))
            #expect(try await service.get(path).bytes.count > 2 * packed.bytes.count)
        }
    }

    @Test(arguments: ["", "&sort=-monetary"])
    func `lines and tables without a limit have all rows`(sort: String) async throws {
        try await TestService.with { service in
            for first in stride(from: 1, through: 2_500, by: 500) {
                try await service.store(Self.orders(500, from: first))
            }
            let table = try await service.get("/v1/views/rfm/customers?format=csv" + sort)
            #expect(table.text.split(separator: "\r\n").count == 2_501)
            #expect(table.headers[.link] == nil)
            let lines = try await service.get("/v1/views/rfm/customers?format=ndjson" + sort)
            #expect(Set(lines.text.split(separator: "\n")).count == 2_500)
        }
    }

    @Test func `every part says its columns`() async throws {
        try await TestService.with { service in
            let list = try #require(try await service.get("/v1/views").json()["parts"] as? [[String: Any]])
            #expect(list.count == service.service.workspaces[0].catalogue.parts.count)
            for part in list {
                let reply = try await service.get("/v1/views/\(part["view"]!)/\(part["part"]!)/columns")
                #expect(reply.status == 200)
                #expect(((try reply.json()["columns"]) as? [Any])?.isEmpty == false)
            }
        }
    }
}
