@testable import Touchpoints

/// What a schema said about one value.
struct Outcome: Equatable {
    var refusal: Refusal?
    /// The personal values, as pointers from the data.
    var personal: [String] = []

    static let good = Outcome()
    static func personal(_ pointers: String...) -> Outcome { Outcome(personal: pointers) }
    static func refused(_ field: String, _ reason: String) -> Outcome {
        Outcome(refusal: Refusal(field: field, reason: reason))
    }

    /// Runs a check over a JSON text.
    init(
        of json: String, _ check: (JSONNode, JSONTape, inout [JSONNode]) throws(Refusal) -> Void
    ) throws(JSONError) {
        var tape = JSONTape()
        try tape.scan(json.utf8)
        var nodes: [JSONNode] = []
        do {
            try check(tape.root, tape, &nodes)
            personal = nodes.map { tape.pointer(to: $0, from: tape.root).text }
        } catch {
            refusal = error
        }
    }

    init(refusal: Refusal? = nil, personal: [String] = []) {
        self.refusal = refusal
        self.personal = personal
    }
}

extension EventSchema {
    /// Checks a JSON text.
    func outcome(of json: String) throws(JSONError) -> Outcome {
        try Outcome(of: json) { (data, tape, personal) throws(Refusal) in
            try check(data, of: tape, personal: &personal)
        }
    }
}

extension SchemaRegistry {
    /// Checks a JSON text as the data of a type.
    func outcome(of json: String, type: String) throws(JSONError) -> Outcome {
        try Outcome(of: json) { (data, tape, personal) throws(Refusal) in
            try check(
                type: EventType(builtIn: type) ?? .none, named: type, data: data, of: tape, personal: &personal)
        }
    }
}
