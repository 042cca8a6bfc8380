import Testing

@testable import Touchpoints

struct KnownNamesTests {
    @Test func `a tape notes the number of each known name, and of none beside them`() throws {
        for (index, name) in KnownNames.all.enumerated() {
            var tape = JSONTape()
            let others = [name + "x", "x" + name, name + name + name]
            try tape.scan("{\(([name] + others).map { "\"\($0)\":0" }.joined(separator: ","))}".utf8)
            let found = tape.members(of: tape.root).map { tape.number(ofName: $0.name) }
            #expect(found[0] == UInt16(index + 1), "\(name)")
            for (other, number) in zip(others, found[1...]) {
                #expect(number == KnownNames.number(of: other), "\(other)")
            }
        }
    }

    @Test func `a name that is written with escapes has no number`() throws {
        var tape = JSONTape()
        try tape.scan(#"{"\u0069d":0,"id ":1}"#.utf8)
        #expect(tape.members(of: tape.root).map { tape.number(ofName: $0.name) } == [0, 0])
    }

    @Test func `numbers stand in the order of the names, and every name that is stored by number has one`() {
        #expect(KnownNames.all == KnownNames.all.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        for (number, name) in StoredNames.all.enumerated() {
            #expect(KnownNames.storedNumbers[Int(KnownNames.number(of: name))] == UInt16(number + 1))
        }
        #expect(KnownNames.storedNumbers.count { $0 > 0 } == StoredNames.all.count)
    }

    @Test func `a long name is known by all of its bytes`() throws {
        var tape = JSONTape()
        try tape.scan(#"{"resolveWithinMinutes":0,"resolveWxxhinMinutes":0}"#.utf8)
        let found = tape.members(of: tape.root).map { tape.number(ofName: $0.name) }
        #expect(found == [KnownNames.number(of: "resolveWithinMinutes"), 0])
        #expect(found[0] > 0)
    }
}
