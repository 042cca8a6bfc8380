import Testing

@testable import Touchpoints

struct JSONPointerTests {
    @Test(arguments: ["", "/", "/a", "/a/b~1c/~0d/0", "//x"])
    func `a pointer is written as it was read`(text: String) throws {
        #expect(try #require(JSONPointer(text)).text == text)
    }

    @Test(arguments: ["a", "/~", "/~2"])
    func `a malformed pointer is nil`(text: String) {
        #expect(JSONPointer(text) == nil)
    }

    @Test(arguments: UInt64(0)..<50)
    func `the pointer to every value leads back to it`(seed: UInt64) throws {
        var source = RandomJSON(seed: seed)
        var tape = JSONTape()
        try tape.scan(source.object().utf8)
        func walk(_ node: JSONNode) {
            #expect(tape.node(at: tape.pointer(to: node, from: tape.root), from: tape.root) == node)
            for member in tape.members(of: node) { walk(member.value) }
            for element in tape.elements(of: node) { walk(element) }
        }
        walk(tape.root)
    }

    @Test(arguments: ["/x", "/l/2", "/l/01", "/l/-", "/s/0"])
    func `a pointer to nothing gives no node`(text: String) throws {
        var tape = JSONTape()
        try tape.scan(#"{"l":[0,1],"s":"text"}"#.utf8)
        #expect(tape.node(at: try #require(JSONPointer(text)), from: tape.root) == nil)
    }
}
