import Touchpoints

/// A JSON object that is written member by member; nobody checks that no name stands twice.
struct JSONObjectText {
    private var bytes = [UInt8(ascii: "{")]

    var isEmpty: Bool { bytes.count == 1 }
    /// The whole object.
    var closed: [UInt8] { bytes + [UInt8(ascii: "}")] }

    /// - Parameter json: the value, as JSON.
    mutating func append(_ name: [UInt8], _ json: some Sequence<UInt8>) {
        if !isEmpty { bytes.append(UInt8(ascii: ",")) }
        CanonicalJSON.append(string: name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        bytes += json
    }

    mutating func append(_ name: String, _ json: some Sequence<UInt8>) { append(Array(name.utf8), json) }

    /// - Parameter text: the value, a string.
    mutating func append(_ name: String, text: some Sequence<UInt8>) { append(name, Self.string(text)) }

    static func string(_ text: some Sequence<UInt8>) -> [UInt8] {
        var json: [UInt8] = []
        CanonicalJSON.append(string: text, to: &json)
        return json
    }
}
