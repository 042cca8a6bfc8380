import Touchpoints

/// A sequence of touchpoints as the label of a total: two bytes a type, 0 at the end where steps were left out.
enum Variant {
    static func label(of steps: ArraySlice<UInt16>, isCut: Bool) -> [UInt8] {
        var label: [UInt8] = []
        append(steps, isCut: isCut, to: &label)
        return label
    }

    static func append(_ steps: ArraySlice<UInt16>, isCut: Bool, to label: inout [UInt8]) {
        for step in steps {
            label.append(UInt8(step >> 8))
            label.append(UInt8(truncatingIfNeeded: step))
        }
        if isCut { label += [0, 0] }
    }

    /// `page.viewed > cart.updated`; `...` where steps were left out.
    static func text(of label: [UInt8], name: (EventType) -> String) -> String {
        stride(from: 0, to: label.count - 1, by: 2).map { index in
            let type = EventType(rawValue: UInt16(label[index]) << 8 | UInt16(label[index + 1]))
            return type.isNone ? "..." : name(type)
        }.joined(separator: " > ")
    }
}
