import Foundation
import HTTPTypes
import Ingest
import Testing
import Wayfold

@testable import Service

@Suite struct EventsRouteTests {
    @Test func `a single event is stored, and told again when it comes again`() async throws {
        try await TestService.with { service in
            let first = try await service.post(Sample.order(1), as: "application/cloudevents+json; charset=utf-8")
            #expect(first.status == 200)
            #expect(try first.json()["verdict"] as? String == "stored")
            #expect(try first.json()["position"] as? Int == 2)
            #expect(first.headers[.position] == "2")
            #expect(first.headers[.epoch] == "1")
            let again = try await service.post(Sample.order(1), as: "application/cloudevents+json")
            #expect(again.status == 200)
            #expect(try again.json()["verdict"] as? String == "duplicate")
            #expect(try again.json()["position"] as? Int == 2)
        }
    }

    @Test func `a single event that contradicts one or is no good has a status and a problem of its own`() async throws
    {
        try await TestService.with { service in
            try await service.store([Sample.order(1)])
            let conflict = try await service.post(Sample.order(1, "11.00"), as: "application/cloudevents+json")
            #expect(conflict.status == 409)
            #expect(conflict.headers[.contentType] == "application/problem+json")
            #expect(try conflict.json()["position"] as? Int == 2)
            #expect(try conflict.json()["differing"] as? [String] == ["data.total.amount"])
            let refused = try await service.post(Sample.order(2, "much"), as: "application/cloudevents+json")
            #expect(refused.status == 422)
            #expect(try refused.json()["field"] as? String == "data.total.amount")
            #expect(try await service.get("/v1/events").headers[.position] == "2")
        }
    }

    @Test func `a batch stores what is good, and says of each what became of it`() async throws {
        try await TestService.with { service in
            let reply = try await service.post(
                "[\(Sample.order(1)),\(Sample.order(2, "x")),\(Sample.order(1)),\(Sample.order(3))]")
            #expect(reply.status == 200)
            let verdicts = try #require(try reply.json()["verdicts"] as? [[String: Any]])
            #expect(verdicts.map { $0["verdict"] as? String } == ["stored", "refused", "duplicate", "stored"])
            #expect(verdicts.map { $0["index"] as? Int } == [0, 1, 2, 3])
            #expect(verdicts[1]["id"] as? String == "2")
            #expect(verdicts[1]["field"] as? String == "data.total.amount")
            #expect(try reply.json()["last_position"] as? Int == 3)
        }
    }

    @Test func `a batch of which nothing is stored is a problem that says why of each`() async throws {
        try await TestService.with { service in
            let reply = try await service.post("[\(Sample.order(1, "x")),\(Sample.order(2, "y"))]")
            #expect(reply.status == 422)
            #expect((try reply.json()["verdicts"] as? [Any])?.count == 2)
        }
    }

    @Test(arguments: ["application/cloudevents-batch+json", "application/x-ndjson"])
    func `a strict batch is stored whole or not at all`(type: String) async throws {
        try await TestService.with { service in
            func text(_ events: [String]) -> String {
                type.hasSuffix("ndjson") ? events.joined(separator: "\n") : "[" + events.joined(separator: ",") + "]"
            }
            let strict: HTTPFields = [.prefer: "handling=strict"]
            let bad = try await service.post(text([Sample.order(1), Sample.order(2, "x")]), as: type, strict)
            #expect(bad.status == 422)
            let verdicts = try #require(try bad.json()["verdicts"] as? [[String: Any]])
            #expect(verdicts.map { $0["verdict"] as? String } == ["withheld", "refused"])
            try await service.store([Sample.order(9)])
            let conflict = try await service.post(text([Sample.order(1), Sample.order(9, "x.")]), as: type, strict)
            #expect(conflict.status == 422)
            #expect(try await service.get("/v1/events").headers[.position] == "2")
            let good = try await service.post(text([Sample.order(1), Sample.order(9)]), as: type, strict)
            #expect(good.status == 200)
            #expect(good.headers[.preferenceApplied] == "handling=strict")
            #expect(try good.json()["stored"] as? Int == 1)
        }
    }

    @Test func `binary mode carries the attributes in headers, and data of any type`() async throws {
        try await TestService.with { service in
            var headers: HTTPFields = [.cloudEventsVersion: "1.0", .contentType: "application/json"]
            for (name, value) in [
                "ce-id": "b1", "ce-source": "shop", "ce-type": "order.paid", "ce-subject": "member:M%C3%BCller",
                "ce-orderid": "A%2F1", "ce-time": "2026-03-01T09:00:00Z",
            ] { headers[HTTPField.Name(name)!] = value }
            let data = #"{"total":{"amount":"5.00","currency":"EUR"}}"#
            let reply = try await service.send(.post, "/v1/events", headers, body: Array(data.utf8))
            #expect(reply.status == 200, "\(reply.text)")
            let same = Sample.order(1).replacing(#""id":"1""#, with: #""id":"b1""#)
                .replacing("member:1", with: "member:Müller").replacing("A-1", with: "A/1")
                .replacing("10.00", with: "5.00")
                .replacing(#""data""#, with: #""datacontenttype":"application/json","data""#)
            let again = try await service.post(same, as: "application/cloudevents+json")
            #expect(try again.json()["verdict"] as? String == "duplicate", "\(again.text)")
            headers[HTTPField.Name("ce-id")!] = "b2"
            headers[HTTPField.Name("ce-type")!] = "picture.taken"
            headers[.contentType] = "image/png"
            let picture = try await service.send(.post, "/v1/events", headers, body: [0x89, 0, 0xFF])
            #expect(picture.status == 200, "\(picture.text)")
            let broken = try await service.send(
                .post, "/v1/events", headers.with(.contentType, "application/json"), body: Array(#"1},"x":{"y":1"#.utf8)
            )
            #expect(broken.status == 400)
        }
    }

    @Test func `the type of the body tells the mode, whatever stands among the headers`() async throws {
        try await TestService.with { service in
            var headers: HTTPFields = [.cloudEventsVersion: "1.0", .contentType: "application/cloudevents+json"]
            for (name, value) in ["ce-id": "z", "ce-source": "s", "ce-type": "t"] {
                headers[HTTPField.Name(name)!] = value
            }
            let structured = try await service.send(
                .post, "/v1/events", headers, body: Array(Sample.order(1).utf8))
            #expect(structured.status == 200)
            let again = try await service.post(Sample.order(1), as: "application/cloudevents+json")
            #expect(try again.json()["verdict"] as? String == "duplicate", "\(again.text)")
            let other = try await service.send(
                .post, "/v1/events", headers.with(.cloudEventsVersion, "{}"), body: Array(Sample.order(1).utf8))
            #expect(other.status == 400)
            headers[.contentType] = "application/json"
            headers[HTTPField.Name("ce-discount")!] = "5% off"
            let binary = try await service.send(.post, "/v1/events", headers, body: Array("{}".utf8))
            #expect(binary.status == 200, "\(binary.text)")
            #expect(try await service.get("/v1/events").text.contains(#""discount":"5% off""#))
            let second = try await service.send(
                .post, "/v1/events", headers.with(HTTPField.Name("ce-data")!, "x"), body: Array("{}".utf8))
            #expect(second.status == 400)
        }
    }

    @Test func `one event as JSON is answered as one event`() async throws {
        try await TestService.with { service in
            let one = try await service.post(" " + Sample.order(1), as: "application/json", [.ifMatch: "\"0\""])
            #expect(try one.json()["verdict"] as? String == "stored", "\(one.text)")
            let refused = try await service.post(Sample.order(2, "x"), as: "application/json")
            #expect(refused.status == 422)
            let many = try await service.post("[\(Sample.order(3))]", as: "application/json", [.ifMatch: "\"2\""])
            #expect(many.status == 400)
        }
    }

    @Test func `an event can say what it expects to be its customer's last`() async throws {
        try await TestService.with { service in
            try await service.store([Sample.order(1)])
            let type = "application/cloudevents+json"
            let good = try await service.post(Sample.order(2), as: type, [.ifMatch: "\"2\""])
            #expect(good.status == 200)
            let late = try await service.post(Sample.order(3), as: type, [.ifMatch: "\"2\""])
            #expect(late.status == 412)
            #expect(try late.json()["last_position"] as? Int == 3)
            #expect(try await service.post("[]", [.ifMatch: "\"2\""]).status == 400)
            #expect(try await service.post(Sample.order(4), as: type, [.ifMatch: "2"]).status == 400)
        }
    }

    @Test func `a trial says what would become of events, and stores none`() async throws {
        try await TestService.with { service in
            try await service.store([Sample.order(1)])
            let reply = try await service.post(
                "[\(Sample.order(1)),\(Sample.order(2)),\(Sample.order(3, "x"))]", to: "/v1/events?validate=only")
            let verdicts = try #require(try reply.json()["verdicts"] as? [[String: Any]])
            #expect(verdicts.map { $0["verdict"] as? String } == ["duplicate", "stored", "refused"])
            #expect(try await service.get("/v1/events").headers[.position] == "2")
            #expect(verdicts.map { $0["position"] as? Int } == [2, nil, nil])
            #expect(try await service.post("[]", to: "/v1/events?validate=all").status == 400)
        }
    }

    @Test(arguments: [EventFate.Place.index, .line])
    func `a trial finds what is sent twice wherever it stands, and says no position that is nobody's`(
        place: EventFate.Place
    ) async throws {
        try await TestService.with { service in
            let events = (1...4_000).map { Sample.order($0) } + [Sample.order(1), Sample.order(2, "11.00")]
            let (body, type) =
                place == .index
                ? ("[" + events.joined(separator: ",") + "]", "application/json")
                : (events.joined(separator: "\n"), "application/x-ndjson")
            let reply = try await service.post(body, as: type, to: "/v1/events?validate=only")
            #expect(try reply.json()["stored"] as? Int == 4_000, "\(reply.text.prefix(300))")
            #expect(try reply.json()["duplicate"] as? Int == 1)
            #expect(try reply.json()["conflict"] as? Int == 1)
            #expect(try reply.json()["last_position"] is NSNull)
            #expect(!reply.text.contains("\"position\""))
            #expect(try await service.get("/v1/events").headers[.position] == "1")
        }
    }

    @Test func `a trial knows what differs, what is expected, and what strictness holds back`() async throws {
        try await TestService.with { service in
            try await service.store([Sample.order(1)])
            let (type, path) = ("application/cloudevents+json", "/v1/events?validate=only")
            let conflict = try await service.post(Sample.order(1, "11.00"), as: type, to: path)
            #expect(conflict.status == 409)
            #expect(try conflict.json()["differing"] as? [String] == ["data.total.amount"])
            let good = try await service.post(Sample.order(2), as: type, to: path, [.ifMatch: "\"2\""])
            #expect(good.status == 200, "\(good.text)")
            #expect(good.headers[.position] == nil)
            let late = try await service.post(Sample.order(2), as: type, to: path, [.ifMatch: "\"1\""])
            #expect(late.status == 412)
            #expect(try late.json()["last_position"] as? Int == 2)
            let new = Sample.order(3, of: "member:9")
            #expect(try await service.post(new, as: type, to: path, [.ifMatch: "\"0\""]).status == 200)
            let strict = try await service.post(
                "[\(Sample.order(2)),\(Sample.order(1, "11.00"))]", to: path, [.prefer: "handling=strict"])
            #expect(strict.status == 422)
            let verdicts = try #require(try strict.json()["verdicts"] as? [[String: Any]])
            #expect(verdicts.map { $0["verdict"] as? String } == ["withheld", "conflict"])
            #expect(try await service.get("/v1/events").headers[.position] == "2")
        }
    }

    @Test(arguments: [
        "garbage", "[\(Sample.order(1)),", "[\(Sample.order(1))", "[\(Sample.order(1))] 7", "[\(Sample.order(1)),]",
        "{\"specversion\":\"1.0\"", "[{\"a\":01}]", "\u{FEFF}{",
    ])
    func `a body that is no JSON is no event that was refused`(body: String) async throws {
        try await TestService.with { service in
            for type in ["application/json", "application/cloudevents+json"] {
                let reply = try await service.post(body, as: type)
                #expect(reply.status == 400, "\(type) \(reply.text)")
                #expect(reply.problem == "bad-request")
            }
            #expect(try await service.get("/v1/events").headers[.position] == "1")
            // What is JSON and no event is told event by event.
            let twice = try await service.post("[\(Sample.order(1)),{\"id\":\"2\",\"id\":\"3\"}]")
            #expect(try twice.json()["stored"] as? Int == 1)
            #expect(try twice.json()["refused"] as? Int == 1)
        }
    }

    @Test func `lines are stored as they come, with a tally or a verdict each`() async throws {
        try await TestService.with { service in
            let lines = (1...3_000).map { Sample.order($0, of: "member:\($0 % 7)") } + ["{]", Sample.order(1)]
            let text = lines.joined(separator: "\n")
            let tally = try await service.post(text, as: "application/x-ndjson")
            #expect(tally.status == 200)
            #expect(try tally.json()["stored"] as? Int == 3_000)
            #expect(try tally.json()["duplicate"] as? Int == 1)
            let left = try #require(try tally.json()["not_stored"] as? [[String: Any]])
            #expect(left.map { $0["line"] as? Int } == [3_001])
            let each = try await service.post(
                text, as: "application/x-ndjson", [.accept: "application/x-ndjson"])
            let answers = each.text.split(separator: "\n")
            #expect(answers.count == 3_003)
            #expect(answers[0] == #"{"line":1,"id":"1","verdict":"duplicate","position":2}"#)
            #expect(answers[3_000].contains(#""line":3001,"verdict":"refused""#))
            #expect(answers[3_002].contains(#""duplicate":3001"#))
        }
    }

    @Test func `gzipped bodies are read, damaged ones refused`() async throws {
        try await TestService.with { service in
            let body = Deflater.gzip(Array("[\(Sample.order(1))]".utf8))
            let type = "application/cloudevents-batch+json"
            let headers: HTTPFields = [.contentType: type, .contentEncoding: "gzip"]
            let whole = try await service.send(.post, "/v1/events", headers, body: body)
            #expect(whole.status == 200)
            let cut = try await service.send(.post, "/v1/events", headers, body: Array(body.dropLast(4)))
            #expect(cut.status == 400)
            let bomb = Deflater.gzip([UInt8](repeating: 32, count: 4 << 20))
            #expect(try await service.send(.post, "/v1/events", headers, body: bomb).status == 413)
            let other: HTTPFields = [.contentType: type, .contentEncoding: "br"]
            let unknown = try await service.send(.post, "/v1/events", other, body: body)
            #expect(unknown.status == 415)
            #expect(unknown.headers[.acceptEncoding] == "gzip, zstd")
        }
    }

    @Test func `bodies of zstd are read, damaged and monstrous ones refused, nothing is held behind them`()
        async throws
    {
        try await TestService.with { service in
            let headers: HTTPFields = [.contentType: "application/x-ndjson", .contentEncoding: "zstd"]
            func post(_ body: [UInt8]) async throws -> Reply {
                try await service.send(.post, "/v1/events", headers, body: body)
            }
            let body = Zstd.frame(Array((1...3_000).map { Sample.order($0) + "\n" }.joined().utf8))
            let whole = try await post(body)
            #expect(try whole.json()["stored"] as? Int == 3_000, "\(whole.text)")
            let single: HTTPFields = [.contentType: "application/json", .contentEncoding: "zstd"]
            let one = try await service.send(
                .post, "/v1/events", single, body: Zstd.frame(Array(Sample.order(7_000).utf8)))
            #expect(one.status == 200, "\(one.text)")
            #expect(try await post(Array(body.dropLast(4))).status == 400)
            #expect(try await post(Zstd.frame([UInt8](repeating: 32, count: 64 << 20))).status == 413)
            #expect(try await post(Zstd.frame(Array("{}".utf8), windowLog: 27)).status == 400)
            #expect(service.service.endpoints.events.intakes.bodies.takenByteCount == 0)
        }
    }

    @Test func `what is no event is told so`() async throws {
        try await TestService.with({
            $0.limits.bodyByteCount = 10_000
            $0.limits.bodyEvents = 2_000
        }) { service in
            #expect(try await service.post("", as: "application/cloudevents+json").status == 400)
            #expect(try await service.post("[]").status == 400)
            #expect(try await service.post("{}", as: "text/plain").status == 415)
            #expect(try await service.post(Sample.order(1), to: "/v1/events?strict=1").status == 400)
            let long = "[" + (1...100).map { Sample.order($0) }.joined(separator: ",") + "]"
            let refused = try await service.post(long)
            #expect(refused.status == 413)
            #expect(refused.problem == "too-large")
            let empty = "[" + (1...3_000).map { _ in "{}" }.joined(separator: ",") + "]"
            let many = try await service.post(empty)
            #expect(many.status == 413)
            let two = try await service.post(
                "[\(Sample.order(1)),\(Sample.order(2))]", as: "application/cloudevents+json")
            #expect(two.status == 400)
            #expect(try await service.get("/v1/events").headers[.position] == "1")
        }
    }
}

extension HTTPFields {
    func with(_ name: HTTPField.Name, _ value: String) -> HTTPFields {
        var fields = self
        fields[name] = value
        return fields
    }
}
