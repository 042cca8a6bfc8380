import Touchpoints

/// The amount in an event's header: money of `order.*`, points of `points.*`, whatever the schema says.
enum HeaderAmount {
    static func read(
        type: Span<UInt8>, data: JSONNode, of tape: JSONTape, into draft: inout Draft
    ) throws(Refusal) {
        if type.starts(with: "order."), let total = tape.member("total", of: data) {
            let money = try money(total, of: tape, field: "data.total")
            draft.amount = money.minorUnits
            draft.currency = money.currency
            draft.flags.insert(.hasMoney)
        }
        if type.starts(with: "points."), let points = tape.member("points", of: data) {
            guard let count = tape.integer(of: points) else {
                throw Refusal(field: "data.points", reason: "expected a whole number of 64 bits")
            }
            draft.amount = count
            draft.flags.insert(.hasPoints)
        }
    }

    private static func money(_ node: JSONNode, of tape: JSONTape, field: String) throws(Refusal) -> Money {
        guard let amount = tape.member("amount", of: node), tape.kind(of: amount) == .string else {
            throw Refusal(field: field + ".amount", reason: "expected a decimal as text, such as \"12.34\"")
        }
        guard let code = tape.member("currency", of: node).flatMap({ tape.text(of: $0) }),
            let currency = Currency(code: code)
        else {
            throw Refusal(field: field + ".currency", reason: "expected a currency of three capital letters")
        }
        do {
            return try Money(decimal: tape.utf8(of: amount).span, currency: currency)
        } catch {
            throw Refusal(field: field + ".amount", reason: "\(error)")
        }
    }
}
