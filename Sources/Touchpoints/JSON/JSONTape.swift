/// A JSON text, scanned once into a flat list of nodes: RFC 8259, strictly, with nothing converted.
///
/// ```swift
/// var tape = JSONTape()
/// try tape.scan(line)                                   // keeps its memory from one text to the next
/// if let id = tape.member("id", of: tape.root) { print(tape.text(of: id) ?? "not a string") }
/// ```
///
/// UTF-8 is validated, names that stand twice in an object (compared after unescaping), halves of surrogate pairs,
/// zero characters in names and more than 32 levels are refused. Numbers stay as they were written.
/// A scan costs one pass over the bytes; a node of another text asked of this tape traps or gives nonsense.
public struct JSONTape: Sendable {
    /// How many arrays and objects may stand inside each other.
    public static let maximalDepth = 32
    /// Zero bytes behind the text, so that sixteen bytes can be read at once anywhere in it.
    static let padding = ByteBuffer.slack
    private static let zeros = [UInt8](repeating: 0, count: padding)

    /// The text, then ``padding``.
    var bytes: [UInt8] = []
    var entries: [Entry] = []

    public init() {}

    /// Replaces what the tape holds by this text. After an error the tape holds nothing.
    @specialized(where Text == [UInt8])
    @specialized(where Text == ArraySlice<UInt8>)
    public mutating func scan<Text: Collection<UInt8>>(_ text: Text) throws(JSONError) {
        clear()
        bytes.append(contentsOf: text)
        let count = bytes.count
        guard count <= Int(UInt32.max) else { throw JSONError(offset: 0, reason: .tooLong) }
        bytes.append(contentsOf: Self.zeros)
        let bytes = bytes
        let names = KnownNames.table
        do {
            try entries.append(addingCapacity: JSONParser.maximalEntries(of: count)) { entries throws(JSONError) in
                let parser = JSONParser(bytes: bytes.span.bytes, count: count, names: names.slots.span)
                try parser.document(&entries)
            }
        } catch {
            clear()
            throw error
        }
    }

    /// Forgets the text.
    public mutating func clear() {
        bytes.removeAll(keepingCapacity: true)
        entries.removeAll(keepingCapacity: true)
    }

    /// The whole value. A tape that holds nothing has none, and asking about it traps.
    public var root: JSONNode { JSONNode(index: 0) }
    public var isEmpty: Bool { entries.isEmpty }

    /// What the parser notes of one value or name.
    struct Entry: BitwiseCopyable, Sendable {
        var kind: JSONKind
        /// In a string: there are escapes. In a number: there is neither a fraction nor an exponent.
        var mark: Bool
        /// Of a name: its number in ``KnownNames``; 0 for others, and for one that is written with escapes.
        var number: UInt16 = 0
        /// The bytes, of a string without its quotes.
        var start: UInt32
        var end: UInt32
        /// The entry behind this one and all that is in it.
        var next: UInt32

        var range: Range<Int> { Int(start)..<Int(end) }
    }
}

/// One value (or the name of a member) on a ``JSONTape``, by its place in the text's order.
public struct JSONNode: Hashable, Comparable, Sendable, BitwiseCopyable {
    public let index: Int
    public init(index: Int) { self.index = index }
    public static func < (a: JSONNode, b: JSONNode) -> Bool { a.index < b.index }
}

/// What a JSON value is.
public enum JSONKind: UInt8, Sendable, BitwiseCopyable {
    case null, boolean, number, string, array, object
}
