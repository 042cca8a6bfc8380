import EventLog

@testable import Wayfold

/// A small log that holds something of everything that can be stored.
enum RichLog {
    private static let seat = #"""
        {"type":"object","properties":{"seat":{"type":"string"},"guest":{"type":"object","x-personal":true},
         "wishes":{"type":"array","items":{"type":"object","properties":{"text":{"type":"string","x-personal":true}}}}}}
        """#

    /// Its events as they are sent, behind a policy and a schema.
    static let text: String = {
        func event(_ id: String, _ type: String, _ subject: String?, _ rest: String) -> String {
            let subject = subject.map { #","subject":"\#($0)""# } ?? ""
            return #"{"specversion":"1.0","id":"\#(id)","source":"//shop","type":"\#(type)"\#(subject)\#(rest)}"# + "\n"
        }
        return [
            event(
                "0190a6e8-5c1c-7a3e-8f00-0123456789ab", "order.paid", "member:1",
                #","time":"2024-03-01T10:00:00.123+02:00","orderid":"A\"1","sessionid":"s","channel":"web","sequence":"-7","#
                    + #""data":{"total":{"currency":"EUR","amount":"19.90"},"n\u006fte":1.0,"tot\u0061ls":[1e3,{"b":null,"a":"😀"}]}"#
            ),
            event("2", "page.viewed", "Bare Name", #","time":"2024-03-01T10:00:00Z","campaign":"ü","data":{}"#),
            event(
                "3", "customer.identified", "member:1", #","time":"2024-03-02T10:00:00Z","data":{"alias":"email:a@x"}"#),
            event(
                "4", "seat.chosen", "card:9",
                #","zebra":"z","antelope":4,"okapi":true,"data":{"seat":"4A","wishes":[{"text":"w","#
                    + #""rank":1},{"rank":2}],"guest":{"name":"A/~b","~a/b":[]},"extra":{"z":1,"a":[2]}}"#),
            event("5", "thing.done", nil, #","data_base64":"AAE=""#), event("6", "thing.done", "member:null", ""),
            event(
                "7", "points.granted", "member:2",
                #","time":"2024-02-01T10:00:00Z","data":{"points":120,"expires":"2025-01-01"}"#),
            event("8", "profile.updated", "email:a@x", #","data":{"traits":{"name":"Ada","tags":["x"]},"by":"till"}"#),
            event("9", "customer.merged", "member:1", #","data":{"alias":"member:2","note":"é\n"}"#),
            event("10", "customer.split", "member:1", #","data":{"aliases":["member:2"],"note":"no"}"#),
            event("11", "event.voided", nil, #","data":{"source":"//shop","id":"2"}"#),
            event(
                "12", "chat.messaged", "card:9", #","data":{"role":"customer","text":"Hi \"\\\\","intent":"é\u0001"}"#),
        ].joined()
    }()

    /// One more, whose leaf has only the hash of its data.
    static let long = {
        let items = Array(repeating: #"{"sku":"a","quantity":1}"#, count: 3_200).joined(separator: ",")
        return Sample.event(
            "13", type: "order.placed",
            data: #"{"total":{"amount":"1","currency":"EUR"},"items":[\#(items)],"note":"soon"}"#)
    }()

    /// Appends events to a data folder, each in a commit of its own.
    static func write(_ text: String = text, into path: String) async throws -> DataFolder {
        let session = try await WriteSession.open(path: path, worker: FakeWorker.idle)
        _ = try await session.addSchema(type: "seat.chosen", text: seat, actor: "user:ann")
        let rules = try ImportRules(folder: session.folder)
        let refused = Kept<Importer.Fault>()
        for line in text.split(separator: "\n") {
            let scratch = try Scratch()
            _ = try await Importer(rules: rules, options: Importer.Options()).run(
                [scratch.file("line", line + "\n")], into: session, rules: rules, fault: { refused.values.append($0) })
        }
        precondition(refused.values.isEmpty, "\(refused.values)")
        _ = try await session.activatePolicy(yaml: "timeZone: Europe/Berlin\n", actor: "user:ann")
        let folder = session.folder
        try await session.finish()
        return folder
    }
}
