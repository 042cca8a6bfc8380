import Testing

@testable import Touchpoints

struct TypeNameTableTests {
    @Test(arguments: EventType.builtInNames)
    func `a name is found, and none that differs in one byte`(name: String) {
        let table = TypeNameTable(EventType.builtInNames)
        var bytes = Array(name.utf8)
        #expect(table.number(of: bytes.span) == UInt16(EventType.builtInNames.firstIndex(of: name)! + 1))
        for i in bytes.indices {
            bytes[i] ^= 0x20
            #expect(table.number(of: bytes.span) == 0)
            bytes[i] ^= 0x20
        }
        bytes.append(UInt8(ascii: "s"))
        #expect(table.number(of: bytes.span) == 0)
    }

    @Test(arguments: ["", "a", "order.p", String(repeating: "order.paid", count: 3)])
    func `a name that is too short or too long is unknown`(name: String) {
        #expect(EventType(builtIn: name) == nil)
    }
}
