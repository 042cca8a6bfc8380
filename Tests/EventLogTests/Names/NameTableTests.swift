import Testing

@testable import EventLog

@Suite struct NameTableTests {
    @Test func `texts get the numbers in order, and are found by their bytes`() {
        var table = NameTable(first: 100)
        let names = (0..<1_000).map { "a source number \($0)" } + ["x", "ü", "a", "0123456", "01234567"]
        for (index, name) in names.enumerated() {
            #expect(table.number(of: name) == nil)
            let numbers = [101 + index, 100 + index, 101 + index]
            let areTaken = numbers.map { table.add(name, as: UInt16($0)) }
            #expect(areTaken == [false, true, false])
        }
        for (index, name) in names.enumerated() {
            #expect(table.number(of: name) == UInt16(100 + index))
            #expect(table.name(of: UInt16(100 + index)) == name)
        }
        #expect(table.name(of: 99) == nil)
        #expect(table.number(of: "") == nil)
    }

    @Test func `there are no more numbers than 65,535`() {
        var table = NameTable(first: 65_534)
        let areTaken = [table.add("a", as: 65_534), table.add("b", as: 65_535)]
        #expect(areTaken == [true, true])
        #expect(table.nextNumber == nil)
        #expect(table.number(of: "b") == 65_535)
    }
}
