/// Equality of JSON values as JSON Schema defines it: numbers by value, members in any order.
enum JSONEquality {
    /// Whether two values, perhaps of different texts, are equal. Strings without escapes cost no allocation.
    static func areEqual(_ a: Int, _ left: JSONView, _ b: Int, _ right: JSONView) -> Bool {
        let (x, y) = (left.entries[a], right.entries[b])
        guard x.kind == y.kind else { return false }
        switch x.kind {
        case .null: return true
        case .boolean: return x.range.count == y.range.count
        case .number: return JSONDecimal(left.bytes, x.range).compare(JSONDecimal(right.bytes, y.range)) == 0
        case .string: return areEqualStrings(left, a, right, b)
        case .array: return areEqualArrays(left, a, right, b)
        case .object: return areEqualObjects(left, a, right, b)
        }
    }

    private static func areEqualStrings(_ left: JSONView, _ a: Int, _ right: JSONView, _ b: Int) -> Bool {
        let (x, y) = (left.entries[a], right.entries[b])
        if x.mark || y.mark { return JSONText.decoded(left.bytes, x.range) == JSONText.decoded(right.bytes, y.range) }
        guard x.range.count == y.range.count else { return false }
        for i in 0..<x.range.count
        where JSONText.byte(left.bytes, Int(x.start) + i) != JSONText.byte(right.bytes, Int(y.start) + i) {
            return false
        }
        return true
    }

    private static func areEqualArrays(_ left: JSONView, _ a: Int, _ right: JSONView, _ b: Int) -> Bool {
        var (i, j) = (a + 1, b + 1)
        while i < left.next(a) && j < right.next(b) {
            guard areEqual(i, left, j, right) else { return false }
            (i, j) = (left.next(i), right.next(j))
        }
        return i == left.next(a) && j == right.next(b)
    }

    private static func areEqualObjects(_ left: JSONView, _ a: Int, _ right: JSONView, _ b: Int) -> Bool {
        guard count(left, a) == count(right, b) else { return false }
        var name = a + 1
        while name < left.next(a) {
            guard let other = member(right, b, named: name, of: left), areEqual(name + 1, left, other, right) else {
                return false
            }
            name = left.next(name + 1)
        }
        return true
    }

    /// The value of the member of an object that has a name's text.
    private static func member(_ view: JSONView, _ object: Int, named name: Int, of other: JSONView) -> Int? {
        var own = object + 1
        while own < view.next(object) {
            if areEqualStrings(view, own, other, name) { return own + 1 }
            own = view.next(own + 1)
        }
        return nil
    }

    private static func count(_ view: JSONView, _ object: Int) -> Int {
        var count = 0
        var name = object + 1
        while name < view.next(object) {
            count += 1
            name = view.next(name + 1)
        }
        return count
    }
}
