import Testing
import Touchpoints

@testable import Wayfold

struct CustomerAuditTests {
    private func positions(_ numbers: ClosedRange<UInt64>) -> [Position] { numbers.map { Position($0) } }

    @Test func `what is cited is listed first, then the newest`() {
        let chosen = CustomerAudit.choice(of: [Position(2), Position(40)], among: positions(1...9), max: 4)
        #expect(chosen == [2, 8, 9, 40].map { Position($0) })
    }

    @Test func `never more than there is room for`() {
        #expect(CustomerAudit.choice(of: Set(positions(1...9)), among: positions(1...20), max: 4) == positions(6...9))
        #expect(CustomerAudit.choice(of: [], among: positions(1...3), max: 4) == positions(1...3))
    }

    @Test func `steps stand as a view takes them`() {
        func key(_ time: Int64, _ sequence: Int64, _ position: UInt64) -> StepOrder.Key {
            StepOrder.Key(time: Timestamp(rawValue: time), sequence: sequence, position: Position(position))
        }
        let order = [key(1, 0, 9), key(2, 0, 0), key(2, -1, 8), key(2, 0, 3), key(2, 0, 4), key(3, 0, 1)]
        #expect(order.reversed().sorted() == order)
    }
}
