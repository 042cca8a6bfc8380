import Touchpoints

/// Decisions in the index `decisions`: position; two strands, one that leaves, or the voided position; act and the former
/// strand. A split has a record for each strand that leaves.
extension Decision {
    private enum Tag: UInt64 {
        case join = 1
        case merge = 2
        case split = 3
        case void = 4
    }

    /// The decision as records, ascending.
    func forEachRecord(_ body: (IndexRecord) -> Void) {
        func record(_ tag: Tag, _ value: UInt64, former: StrandNumber = .none) {
            body(IndexRecord(position.rawValue, value, tag.rawValue | UInt64(former.rawValue) << 32))
        }
        switch act {
        case .join(let a, let b, let former): record(.join, Self.pair(a, b), former: former)
        case .merge(let a, let b): record(.merge, Self.pair(a, b))
        case .split(let leaving): for strand in leaving { record(.split, UInt64(strand.rawValue)) }
        case .void(let voided): record(.void, voided.rawValue)
        }
    }

    /// The decisions of ascending records; nil when one of them is no decision. O(records).
    static func decisions(of records: [IndexRecord]) -> [Decision]? {
        var decisions: [Decision] = []
        decisions.reserveCapacity(records.count)
        var leaving: [StrandNumber] = []
        for (index, record) in records.enumerated() {
            let position = Position(record.words.0)
            guard let tag = Tag(rawValue: record.words.2 & 0xFFFF_FFFF) else { return nil }
            let first = StrandNumber(rawValue: UInt32(record.words.1 >> 32))
            let second = StrandNumber(rawValue: UInt32(truncatingIfNeeded: record.words.1))
            switch tag {
            case .join:
                let former = StrandNumber(rawValue: UInt32(record.words.2 >> 32))
                decisions.append(Decision(position: position, act: .join(first, second, former: former)))
            case .merge: decisions.append(Decision(position: position, act: .merge(first, second)))
            case .void: decisions.append(Decision(position: position, act: .void(Position(record.words.1))))
            case .split:
                leaving.append(second)
                guard index + 1 == records.count || records[index + 1].words.0 != record.words.0 else { continue }
                decisions.append(Decision(position: position, act: .split(leaving)))
                leaving.removeAll()
            }
        }
        return decisions
    }

    private static func pair(_ a: StrandNumber, _ b: StrandNumber) -> UInt64 {
        UInt64(a.rawValue) << 32 | UInt64(b.rawValue)
    }
}
