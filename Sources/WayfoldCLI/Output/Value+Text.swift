import Projections

extension Value {
    /// The value as people read it in a table: estimates with four decimals, null as a dash.
    var shown: String {
        switch self {
        case .null: return "-"
        case .number(let number):
            guard number.isFinite else { return "-" }
            guard number.magnitude < 1e15 else { return String(number) }
            return Self.decimalText(Int128((number * 10_000).rounded()), scale: 4)
        default: return (text ?? "-").withoutControls
        }
    }
}

extension String {
    /// The text with a question mark for each control character: what producers send must not steer a terminal.
    var withoutControls: String {
        guard unicodeScalars.contains(where: \.isControl) else { return self }
        var result = String.UnicodeScalarView()
        for scalar in unicodeScalars { result.append(scalar.isControl ? "?" : scalar) }
        return String(result)
    }
}

extension Unicode.Scalar {
    fileprivate var isControl: Bool { properties.generalCategory == .control || properties.generalCategory == .format }
}
