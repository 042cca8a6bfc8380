/// What a schema says about one value: one row of the compiled table, small because the walk reads one for each value.
struct SchemaRule: BitwiseCopyable, Sendable {
    var kinds = SchemaKinds.all
    var flags: Flags = []
    /// The allowed values, under the flag `choices`; there may be none.
    var choices = Piece()
    /// The bounds of numbers, as entries of the schema's own document.
    var minimum = absent
    var exclusiveMinimum = absent
    var maximum = absent
    var exclusiveMaximum = absent
    /// In code points.
    var minLength: Int32 = 0
    var maxLength = Int32.max
    var minItems: Int32 = 0
    var maxItems = Int32.max
    /// The rule for each element of an array.
    var items: Int32 = anything
    var members = Piece()
    /// How many of the members are required.
    var requiredCount: Int32 = 0

    /// What there is to check or to note beyond the kind of value, so that most values need no more than this byte.
    struct Flags: OptionSet, BitwiseCopyable, Sendable {
        let rawValue: UInt8
        static let personal = Flags(rawValue: 1)
        static let choices = Flags(rawValue: 2)
        static let dateTime = Flags(rawValue: 4)
        /// There are bounds to the length of strings.
        static let length = Flags(rawValue: 8)
        /// There are bounds to numbers.
        static let bounds = Flags(rawValue: 16)
    }

    /// A run of rows in another table.
    struct Piece: BitwiseCopyable, Sendable {
        var start: Int32 = 0
        var end: Int32 = 0
        var range: Range<Int> { Int(start)..<Int(end) }

        /// The last `count` of `total` rows.
        init(last count: Int, of total: Int) {
            start = Int32(total - count)
            end = Int32(total)
        }
        init() {}
    }

    static let absent: Int32 = -1
    /// The number of the rule that allows everything and names nothing.
    static let anything: Int32 = 0
}

/// A name that a schema knows in one object.
struct SchemaMember: BitwiseCopyable, Sendable {
    /// The first eight bytes of the name, little-endian, zeros behind a shorter one.
    var head: UInt64
    /// Where the name lies among the schema's names.
    var name: SchemaRule.Piece
    /// The rule of its value; ``SchemaRule/anything`` where `required` names it and `properties` does not.
    var rule: Int32
    var isRequired: Bool
    /// The number of the name in ``KnownNames``; 0 for another one.
    var number: UInt16
    /// Whether `properties` names it; else its value is personal.
    var isNamed: Bool

    /// What ``head`` is for a name.
    static func head(_ name: Span<UInt8>) -> UInt64 {
        var head: UInt64 = 0
        for i in 0..<min(name.count, 8) { head |= UInt64(name[i]) << UInt64(i * 8) }
        return head
    }
}

/// The kinds of value that a rule allows.
struct SchemaKinds: OptionSet, BitwiseCopyable, Sendable {
    let rawValue: UInt8

    init(rawValue: UInt8) { self.rawValue = rawValue }
    init(_ kind: JSONKind) { rawValue = 1 << kind.rawValue }

    /// A number without a fraction, however it is written (`1`, `1.0`, `10e-1`).
    static let integer = SchemaKinds(rawValue: 1 << 6)
    /// Any number; so what both of two rules allow is the intersection.
    static let number: SchemaKinds = [SchemaKinds(JSONKind.number), .integer]
    static let all = SchemaKinds(rawValue: 0x7F)

    static let byName: [(name: String, kinds: SchemaKinds)] = [
        ("null", SchemaKinds(.null)), ("boolean", SchemaKinds(.boolean)), ("integer", .integer), ("number", .number),
        ("string", SchemaKinds(.string)), ("array", SchemaKinds(.array)), ("object", SchemaKinds(.object)),
    ]
}
