import Policies
import Testing

@Suite struct LifecyclePolicyTests {
    @Test(
        arguments: [
            (Bounds(), 0, true), (Bounds(min: 1), 0, false), (Bounds(min: 1), 1, true), (Bounds(max: 5), 5, true),
            (Bounds(max: 5), 6, false), (Bounds(min: 2, max: 4), 3, true), (Bounds(min: 2, max: 4), 5, false),
        ] as [(Bounds, Int, Bool)])
    func `both ends are included`(bounds: Bounds, value: Int, isContained: Bool) {
        #expect(bounds.contains(value) == isContained)
    }

    @Test func `stages are found by name`() {
        #expect(Policy.default.lifecycle.index(ofStage: "prospect") == 0)
        #expect(Policy.default.lifecycle.index(ofStage: "nobody") == nil)
    }
}
