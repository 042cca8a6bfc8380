/// Names: which of them are known, and which stand twice.
extension JSONParser {
    /// A filter over the names of one object, so that most names are compared with none of the others.
    struct NamesSeen {
        /// Beyond that many members the names are compared by sorting, once, at the end.
        static let limit = 64
        var filter: UInt64 = 0
        var count = 0
    }

    /// Notes the number of a name, and refuses one that stands before in its object.
    @inline(__always)
    func take(_ name: Int, in object: Int, _ entries: inout Entries, _ seen: inout NamesSeen) throws(JSONError) {
        seen.count &+= 1
        let entry = entries[name]
        let head = JSONText.head(bytes, entry.range)
        let mixed = KnownNameTable.mixed(head)
        if !entry.mark {
            entries[name].number = KnownNameTable.number(in: names, bytes, entry.range, head: head, mixed: mixed)
        }
        // Two bits a name. An escaped name may equal any other: it sets and meets all bits.
        let bits = entry.mark ? UInt64.max : 1 &<< (mixed &>> 58) | 1 &<< (mixed &>> 52)
        let isNew = entry.mark ? seen.filter == 0 : seen.filter & bits != bits
        seen.filter |= bits
        if !isNew && seen.count <= NamesSeen.limit { try compare(name, in: object, entries) }
    }

    private func compare(_ name: Int, in object: Int, _ entries: borrowing Entries) throws(JSONError) {
        let entry = entries[name]
        var other = object + 1
        while other < name {
            let candidate = entries[other]
            let isSame =
                candidate.mark || entry.mark
                ? JSONText.decoded(bytes, candidate.range) == JSONText.decoded(bytes, entry.range)
                : JSONText.areEqual(bytes, candidate.range, entry.range)
            if isSame { throw duplicate(name, entries) }
            other = Int(entries[other + 1].next)
        }
    }

    /// Compares all names of one object with a set: O(n) in its members.
    func checkAll(of object: Int, _ entries: borrowing Entries) throws(JSONError) {
        var seen: Set<[UInt8]> = []
        var name = object + 1
        while name < Int(entries[object].next) {
            guard seen.insert(JSONText.decoded(bytes, entries[name].range)).inserted else {
                throw duplicate(name, entries)
            }
            name = Int(entries[name + 1].next)
        }
    }

    private func duplicate(_ name: Int, _ entries: borrowing Entries) -> JSONError {
        let text = String(decoding: JSONText.decoded(bytes, entries[name].range), as: UTF8.self)
        return JSONError(offset: entries[name].range.lowerBound - 1, reason: .duplicateName(text))
    }
}
