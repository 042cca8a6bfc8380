import Testing
import Touchpoints

@testable import EventLog

@Suite struct HashTableTests {
    @Test func `many hashes looked up at once get what each gets alone`() {
        var table = HashTable(capacity: 10)
        for id in 1...1_000 { table.insert(TestEvent.identity(of: id), UInt64(id)) }
        table.insert(TestEvent.identity(of: 7), 8)
        let asked = (500..<1_500).map { TestEvent.identity(of: $0) }
        var values = [UInt64](repeating: 0, count: asked.count)
        values[0] = 4_711
        table.lookUp(asked, into: &values)
        #expect(values[0] == 4_711)
        #expect(values.dropFirst().elementsEqual(asked.dropFirst().map { table[$0] ?? 0 }))
        #expect(table.count == 1_000)
        #expect(table[TestEvent.identity(of: 7)] == 7)
    }
}

@Suite struct LastStepsTests {
    @Test func `each strand has the step that came last`() {
        var steps = LastSteps()
        var expected: [UInt32: UInt32] = [:]
        for step in 1...5_000 as ClosedRange<UInt32> {
            let strand = step &* 2_654_435_761 % 1_500
            let before = steps.exchange(StrandNumber(rawValue: strand), with: step)
            #expect(before == expected[strand] ?? 0)
            expected[strand] = step
        }
        for strand in 0..<1_600 as Range<UInt32> {
            #expect(steps[StrandNumber(rawValue: strand)] == expected[strand] ?? 0)
        }
    }
}
