/// The names of members that a scan knows: the attributes of an event and those that are stored by number. A ``JSONTape``
/// notes the number of each, so that nobody who walks it compares texts.
///
/// Numbers begin at 1 and stand in the order of the names' bytes: canonical JSON sorts by them. They are not stored.
public enum KnownNames {
    /// The attributes of CloudEvents and of our own.
    static let attributes = """
        specversion id source type subject time datacontenttype dataschema data data_base64
        channel sessionid sequence campaign caseid orderid about actor
        """.split { $0 == " " || $0 == "\n" }.map(String.init)

    /// In the order of their numbers.
    static let all = Set(StoredNames.all + attributes).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }

    static let table = KnownNameTable(all)

    /// How many there are, which is the greatest number.
    public static var count: Int { all.count }

    /// The number of a name; 0 for another one.
    public static func number(of name: String) -> UInt16 {
        // Eight bytes more can be read.
        let bytes = Array(name.utf8) + [UInt8](repeating: 0, count: 8)
        let table = table
        let name = KnownNameTable.Slot(bytes.span.bytes, 0, bytes.count - 8)
        return KnownNameTable.number(of: name, mixed: name.mixed, in: table.slots.span)
    }

    /// By number, how a name is stored: its number in ``StoredNames``, plus one; 0 for one that is stored as it is.
    static let storedNumbers = {
        var numbers = [UInt16](repeating: 0, count: all.count + 1)
        for (number, name) in StoredNames.all.enumerated() {
            numbers[Int(KnownNames.number(of: name))] = UInt16(number + 1)
        }
        return numbers
    }()
}
