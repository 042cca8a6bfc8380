/// Aliases in the arena of a batch: for each the length of its kind (2 bytes), the kind, the length of its value
/// (2 bytes), the value; little-endian, UTF-8.
public enum AliasList {
    /// Appends one alias; kind and value are shorter than 64 KiB.
    public static func append(kind: [UInt8], value: [UInt8], to list: inout [UInt8]) {
        for text in [kind, value] {
            list.append(UInt8(truncatingIfNeeded: text.count))
            list.append(UInt8(truncatingIfNeeded: text.count >> 8))
            list += text
        }
    }

    /// The aliases of a list, in order; what is cut short at its end is left out.
    public static func aliases(in list: RawSpan) -> [(kind: [UInt8], value: [UInt8])] {
        var aliases: [(kind: [UInt8], value: [UInt8])] = []
        var at = 0
        func text() -> [UInt8]? {
            guard list.byteCount - at >= 2 else { return nil }
            let count = Int(UInt16(littleEndian: unsafe list.unsafeLoadUnaligned(fromByteOffset: at, as: UInt16.self)))
            guard list.byteCount - at - 2 >= count else { return nil }
            defer { at += 2 + count }
            return PartFields.bytes(list, at + 2..<at + 2 + count)
        }
        while let kind = text(), let value = text() { aliases.append((kind, value)) }
        return aliases
    }
}
