import Testing

@testable import Views

struct FunnelCountTests {
    @Test func `a step counts those who got there or further`() {
        let count = FunnelCount(depths: [5, 10, 4, 1])
        #expect(count.all == 20)
        #expect(count.reached == [15, 5, 1])
        #expect(count.rates(0) == (1, 1, 0.75))
        #expect(count.rates(2) == (1.0 / 15, 0.2, 0.05))
    }

    @Test func `there is no rate of nothing`() {
        let count = FunnelCount(depths: [0, 0, 0])
        #expect(count.rates(1) == (nil, nil, nil))
    }
}

private func == (a: (first: Double?, previous: Double?, all: Double?), b: (Double?, Double?, Double?)) -> Bool {
    a.first == b.0 && a.previous == b.1 && a.all == b.2
}
