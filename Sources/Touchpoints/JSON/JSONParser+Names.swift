/// Names: which of them are known, and which stand twice.
extension JSONParser {
    /// A filter over the names of one object, so that most names are compared with none of the others.
    struct NamesSeen {
        /// Beyond that many members the names are compared by sorting, once, at the end.
        static let limit = 64
        private var filter: UInt64 = 0
        private(set) var count = 0

        /// Notes the bits of a name.
        ///
        /// - Returns: whether all were set: then it may stand before.
        @inline(__always)
        mutating func insert(_ bits: UInt64) -> Bool {
            let isOld = filter & bits == bits
            filter |= bits
            count &+= 1
            return isOld
        }
    }

    /// Scans the name whose opening quote stands at `quote`, notes its number, and refuses one that stands before in its object.
    @inline(__always)
    func name(
        at quote: Int, in object: Int, _ entries: inout Entries, _ seen: inout NamesSeen
    ) throws(JSONError) -> Int {
        let start = quote &+ 1
        var end = JSONText.specialByte(in: bytes, from: start)
        if byte(end) != UInt8(ascii: "\"") {
            let isEscaped: Bool
            (end, isEscaped) = try endOfOddString(special: end, isName: true)
            if isEscaped {
                append(.string, mark: true, start, end, &entries)
                // It may equal any other, before it and behind it.
                _ = seen.insert(.max)
                try compare(in: object, entries, seen)
                return end &+ 1
            }
        }
        let slot = KnownNameTable.Slot(bytes, start, end)
        let mixed = slot.mixed
        let number = KnownNameTable.number(of: slot, mixed: mixed, in: names)
        append(.string, mark: false, number: number, start, end, &entries)
        // Two bits a name.
        if seen.insert(1 &<< (mixed &>> 58) | 1 &<< (mixed &>> 52)) { try compare(in: object, entries, seen) }
        return end &+ 1
    }

    /// Compares the last name with those before it.
    private func compare(in object: Int, _ entries: borrowing Entries, _ seen: NamesSeen) throws(JSONError) {
        if seen.count > NamesSeen.limit { return }
        let name = entries.count - 1
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
