import Testing

@testable import Views

@Suite struct AliasOrderTests {
    @Test(arguments: [
        [], ["customer:1"], ["a:b", "a:", "a"], ["customer:00010", "customer:00009", "customer:1", "customer:0"],
        ["member:0123456789-b", "member:0123456789-a", "member:0123456789"], ["a\0", "a", "a\0\0", "b"],
        ["email:Ångström", "email:Zoe", "email:zoe", "email:A\u{30A}"],
    ])
    func `texts ascend by their bytes`(texts: [String]) {
        let expected = texts.indices.sorted { texts[$0].utf8.lexicographicallyPrecedes(texts[$1].utf8) }
        #expect(AliasOrder.sorted(texts).map(Int.init) == expected)
    }
}
