/// A text that got a number in a block: one entry of its section DICT.
struct NameAddition: Equatable {
    /// Which dictionary the text belongs to.
    enum Table: UInt8, CaseIterable {
        case type = 1
        case channel = 2
        case source = 3
        case kind = 4
        case actor = 5

        /// The attribute of an event that the texts come from.
        var attribute: String {
            switch self {
            case .type: "type"
            case .channel: "channel"
            case .source: "source"
            case .kind: "subject"
            case .actor: "actor"
            }
        }
    }

    var table: Table
    var number: UInt16
    var name: String

    /// Appends the entry as it is stored: u8 table, u16 number, u16 length, UTF-8.
    func encode(to bytes: inout [UInt8]) {
        bytes.append(table.rawValue)
        bytes.append(number)
        bytes.append(UInt16(name.utf8.count))
        bytes.append(contentsOf: name.utf8)
    }

    /// Reads the entry at `offset` and moves behind it; nil when the bytes are no entry.
    static func decode(_ bytes: RawSpan, at offset: inout Int) -> NameAddition? {
        guard bytes.byteCount - offset >= 5, let table = Table(rawValue: bytes.integer(at: offset)) else { return nil }
        let count = Int(bytes.integer(at: offset + 3, as: UInt16.self))
        guard bytes.byteCount - offset - 5 >= count else { return nil }
        defer { offset += 5 + count }
        return NameAddition(
            table: table, number: bytes.integer(at: offset + 1),
            name: bytes.extracting(offset + 5..<offset + 5 + count).text)
    }
}
