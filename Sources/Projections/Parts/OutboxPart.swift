import Touchpoints

extension Projector {
    /// The view's own parts, those that explain its figures, and `outbox` where its steps have effects.
    static var allParts: [Part<Self>] { parts + explanations + (hasEffects ? [.outbox] : []) }
}

extension Part {
    /// What others are to be told, as it was written with the checkpoint, in the order of the causes (rule 39).
    ///
    /// A wake-up has no event. `written_at` is the clock at `position`, where the effect fired.
    static var outbox: Part<P> {
        Part(
            "outbox",
            columns: [
                .text("rule"), .time("time"), .integer("event"), .text("customer"), .text("payload"),
                .integer("position"), .time("written_at"),
            ],
            options: [.customer(required: false)]
        ) { view, query, emit in
            for row in try view.fold.readOutbox() {
                let customer = view.fold.identity.customer(of: row.cause.strand)
                if let asked = query.customer, asked != customer { continue }
                try emit([
                    .text(row.rule), .time(row.cause.time),
                    row.cause.position == .start ? .null : .integer(Int64(row.cause.position.rawValue)),
                    .text(try view.name(of: customer)), .text(row.payloadText),
                    .integer(Int64(row.position.rawValue)), .time(row.time),
                ])
            }
        }
    }
}

extension OutboxRow {
    /// The payload as a JSON object, its members in the order in which they were named.
    var payloadText: String {
        var json: [UInt8] = Array("{".utf8)
        for (index, entry) in payload.enumerated() {
            if index > 0 { json += ",".utf8 }
            CanonicalJSON.append(string: entry.name.utf8, to: &json)
            json += ":".utf8
            switch entry.value {
            case .integer(let integer): json += "\(integer)".utf8
            case .text(let text): CanonicalJSON.append(string: text.utf8, to: &json)
            }
        }
        return String(decoding: json + "}".utf8, as: UTF8.self)
    }
}
