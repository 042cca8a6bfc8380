import Testing

@testable import Policies

@Suite struct EditDistanceTests {
    @Test(
        arguments: [
            ("", "", 0), ("a", "", 1), ("", "abc", 3), ("kitten", "sitting", 3), ("ab", "ba", 1),
            ("orders", "order", 1),
            ("ca", "abc", 3),
        ] as [(String, String, Int)])
    func `letters inserted, left out, replaced and swapped are counted`(a: String, b: String, distance: Int) {
        #expect(editDistance(a, b) == distance)
        #expect(editDistance(b, a) == distance)
    }

    @Test(
        arguments: [("sesionGap", "sessionGap"), ("SESSIONGAP", "sessionGap"), ("phasse", "phases")]
            as [(String, String)])
    func `the nearest word is found`(word: String, expected: String) {
        #expect(nearest(to: word, among: ["sessionGap", "sessionEndsAfter", "phases"]) == expected)
    }

    @Test(arguments: ["x", "tier", "ab"]) func `what is near to nothing has none`(word: String) {
        #expect(nearest(to: word, among: ["sessionGap", "on", "phases"]) == nil)
    }
}
