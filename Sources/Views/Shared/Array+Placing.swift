extension Array where Element: BitwiseCopyable {
    /// As `insert(_:at:)`, which takes several times as long near the end of a list. O(elements behind).
    @inline(__always)
    mutating func place(_ element: Element, at index: Int) {
        guard count - index <= 16 else { return insert(element, at: index) }
        append(element)
        var elements = mutableSpan
        var place = elements.count - 1
        while place > index {
            elements[place] = elements[place - 1]
            place -= 1
        }
        elements[index] = element
    }
}
