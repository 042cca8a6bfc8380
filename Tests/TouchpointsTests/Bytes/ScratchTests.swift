import Testing

@testable import Touchpoints

struct ScratchTests {
    @Test func `elements stay where they are put, however many there are`() {
        var scratch = Scratch<Int>()
        for i in 0..<1_000 { scratch.append(i) }
        scratch[3] = -3
        scratch.removeLast(100)
        scratch.append(7)
        let elements = (0..<scratch.count).map { scratch[$0] }
        #expect(elements == (0..<900).map { $0 == 3 ? -3 : $0 } + [7])
    }

    @Test func `memory that was not written cannot be read`() async {
        await #expect(processExitsWith: .failure) {
            var scratch = Scratch<Int>()
            scratch.append(1)
            _ = scratch[1]
        }
    }
}
