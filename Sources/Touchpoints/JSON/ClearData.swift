/// The clear part of an event's `data`, read in place: canonical JSON that was checked when it was stored, and in which some
/// names stand as numbers (see ``StoredNames``).
///
/// ```swift
/// if event.data.matches("role", "agent") { ... }        // no allocation
/// let score = event.data.integer("answer.score") ?? 0   // names joined by dots
/// ```
///
/// A field that is absent, personal or of another kind is nil. Personal is also every field that the type's schema does
/// not name: of a type without a schema there is no clear data at all. Each question walks the bytes before its answer; a
/// member whose name holds a dot cannot be asked for.
public struct ClearData: ~Escapable {
    let json: RawSpan

    /// - Parameter json: canonical JSON (see ``CanonicalJSON``) with or without numbers, or nothing where no data is clear.
    @_lifetime(copy json)
    public init(json: RawSpan) { self.json = json }

    /// Whether there is no clear data at all.
    public var isEmpty: Bool { json.byteCount == 0 }

    /// Whether the field is there, `null` included.
    public func has(_ path: String) -> Bool { find(path, in: 0) != nil }

    /// A number that is written as an integer and fits.
    public func integer(_ path: String) -> Int64? {
        guard let range = find(path, in: 0), isNumber(range) else { return nil }
        for i in range where byte(i) == UInt8(ascii: ".") || byte(i) | 0x20 == UInt8(ascii: "e") { return nil }
        return JSONText.integer(json, range)
    }

    /// A string, unescaped.
    public func text(_ path: String) -> String? {
        guard let range = find(path, in: 0), let inside = inside(string: range) else { return nil }
        return String(decoding: JSONText.decoded(json, inside), as: UTF8.self)
    }

    /// Whether the field is the string `text`. Allocates only where the field holds escapes.
    public func matches(_ path: String, _ text: String) -> Bool {
        guard let range = find(path, in: 0), let inside = inside(string: range) else { return false }
        return equals(inside, text.utf8.span)
    }

    /// `true` or `false`.
    public func flag(_ path: String) -> Bool? {
        guard let range = find(path, in: 0) else { return nil }
        switch byte(range.lowerBound) {
        case UInt8(ascii: "t"): return true
        case UInt8(ascii: "f"): return false
        default: return nil
        }
    }

    /// A number or string as its digits are written (`12.50`), for decimals that are no money.
    public func written(_ path: String) -> String? {
        guard let range = find(path, in: 0) else { return nil }
        if isNumber(range) {
            return String(decoding: JSONText.decoded(json, range), as: UTF8.self)
        }
        return text(path)
    }

    /// Money: `{"amount": "12.34", "currency": "EUR"}`.
    public func money(_ path: String) -> Money? {
        guard let range = find(path, in: 0), byte(range.lowerBound) == UInt8(ascii: "{"),
            let amount = find("amount", in: range.lowerBound).flatMap({ inside(string: $0) }),
            let code = find("currency", in: range.lowerBound).flatMap({ inside(string: $0) }),
            let currency = Currency(code: String(decoding: JSONText.decoded(json, code), as: UTF8.self))
        else { return nil }
        return try? Money(decimal: JSONText.decoded(json, amount).span, currency: currency)
    }
}

/// The walk.
extension ClearData {
    /// The bytes of the value at the path from the value that begins at `start`.
    private func find(_ path: String, in start: Int) -> Range<Int>? {
        guard !isEmpty else { return nil }
        var path = path.utf8[...]
        var start = start
        while true {
            let dot = path.firstIndex(of: UInt8(ascii: "."))
            guard let value = member(path[..<(dot ?? path.endIndex)], ofObjectAt: start) else { return nil }
            guard let dot else { return value..<end(ofValueAt: value) }
            path = path[path.index(after: dot)...]
            start = value
        }
    }

    /// Where the value of a member begins.
    private func member(_ name: Substring.UTF8View, ofObjectAt start: Int) -> Int? {
        guard byte(start) == UInt8(ascii: "{"), byte(start + 1) != UInt8(ascii: "}") else { return nil }
        var at = start + 1
        while true {
            let isIt: Bool
            if StoredNames.isNumber(byte(at)) {
                isIt = StoredNames.table.isName(StoredNames.number(in: json, &at), name.span)
            } else {
                let behindName = end(ofStringAt: at)
                isIt = equals(at + 1..<behindName - 1, name.span)
                at = behindName + 1
            }
            if isIt { return at }
            at = end(ofValueAt: at)
            if byte(at) == UInt8(ascii: "}") { return nil }
            at += 1
        }
    }

    /// The offset behind the value that begins at `start`.
    private func end(ofValueAt start: Int) -> Int {
        var at = start
        var depth = 0
        while at < json.byteCount {
            switch byte(at) {
            case UInt8(ascii: "\""):
                at = end(ofStringAt: at)
                if depth == 0 { return at }
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                at += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return at }
                depth -= 1
                at += 1
                if depth == 0 { return at }
            case UInt8(ascii: ",") where depth == 0: return at
            default: at += 1
            }
        }
        return at
    }

    private func end(ofStringAt start: Int) -> Int {
        var at = start + 1
        while byte(at) != UInt8(ascii: "\"") { at += byte(at) == UInt8(ascii: "\\") ? 2 : 1 }
        return at + 1
    }

    private func isNumber(_ range: Range<Int>) -> Bool {
        let first = byte(range.lowerBound)
        return first == UInt8(ascii: "-") || first &- UInt8(ascii: "0") < 10
    }

    private func inside(string range: Range<Int>) -> Range<Int>? {
        byte(range.lowerBound) == UInt8(ascii: "\"") ? range.lowerBound + 1..<range.upperBound - 1 : nil
    }

    private func equals(_ inside: Range<Int>, _ text: Span<UInt8>) -> Bool {
        for i in inside where byte(i) == UInt8(ascii: "\\") {
            let decoded = JSONText.decoded(json, inside)
            return JSONText.isEqual(decoded.span.bytes, 0..<decoded.count, text)
        }
        return JSONText.isEqual(json, inside, text)
    }

    private func byte(_ at: Int) -> UInt8 { JSONText.byte(json, at) }
}
