import Testing

@testable import Touchpoints

struct JSONNamesTests {
    private static let known = ["id", "datacontenttype", "subject", "abcdefgh", "exactly16letters"]

    @Test(arguments: 0..<6)
    func `a name is found from any hint, and only the whole name`(hint: Int) throws {
        let names = JSONNames(Self.known)
        var tape = JSONTape()
        let others = ["i", "idx", "datacontenttypo", "abcdefg", "abcdefghi", "exactly16lettersX", "", "zubject"]
        let members = (Self.known + others).map { "\"\($0)\":0" }
        try tape.scan("{\(members.joined(separator: ","))}".utf8)
        let found = tape.members(of: tape.root).map { names.index(of: $0.name, in: tape, from: hint) }
        #expect(found == [0, 1, 2, 3, 4] + [Int?](repeating: nil, count: others.count))
        try tape.scan(#"{"\u0069d":0}"#.utf8)
        #expect(names.index(of: JSONNode(index: 1), in: tape, from: hint) == nil)
    }
}
