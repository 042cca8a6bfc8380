/// Equality of JSON values as JSON Schema defines it: numbers by value, members in any order.
enum JSONEquality {
    /// Whether two values, perhaps of different texts, are equal. Strings without escapes cost no allocation.
    static func areEqual(_ a: JSONNode, _ tapeA: JSONTape, _ b: JSONNode, _ tapeB: JSONTape) -> Bool {
        let kind = tapeA.kind(of: a)
        guard kind == tapeB.kind(of: b) else { return false }
        switch kind {
        case .null: return true
        case .boolean: return tapeA.flag(of: a) == tapeB.flag(of: b)
        case .number:
            let left = JSONDecimal(tapeA.bytes.span.bytes, tapeA.entries[a.index].range)
            return left.compare(JSONDecimal(tapeB.bytes.span.bytes, tapeB.entries[b.index].range)) == 0
        case .string: return areEqualStrings(tapeA, a.index, tapeB, b.index)
        case .array:
            guard tapeA.count(of: a) == tapeB.count(of: b) else { return false }
            return zip(tapeA.elements(of: a), tapeB.elements(of: b)).allSatisfy { areEqual($0, tapeA, $1, tapeB) }
        case .object:
            guard tapeA.count(of: a) == tapeB.count(of: b) else { return false }
            return tapeA.members(of: a).allSatisfy { member in
                tapeB.members(of: b).contains {
                    areEqualStrings(tapeA, member.name.index, tapeB, $0.name.index)
                        && areEqual(member.value, tapeA, $0.value, tapeB)
                }
            }
        }
    }

    private static func areEqualStrings(_ tapeA: JSONTape, _ a: Int, _ tapeB: JSONTape, _ b: Int) -> Bool {
        let (left, right) = (tapeA.entries[a], tapeB.entries[b])
        if left.mark || right.mark {
            return JSONText.decoded(tapeA.bytes.span.bytes, left.range)
                == JSONText.decoded(tapeB.bytes.span.bytes, right.range)
        }
        return JSONText.isEqual(
            tapeA.bytes.span.bytes, left.range, tapeB.bytes.span.extracting(right.range))
    }
}
