/// Elements that are put on top of each other and taken away again: memory that is kept from one use to the next, with one
/// owner (see ``ByteBuffer``).
struct Scratch<Element: BitwiseCopyable>: ~Copyable, @unchecked Sendable {
    private var memory = UnsafeMutablePointer<Element>.allocate(capacity: 32)
    private var capacity = 32
    private(set) var count = 0

    deinit { memory.deallocate() }

    @inline(__always)
    mutating func append(_ element: Element) {
        if count == capacity { grow() }
        (memory + count).initialize(to: element)
        count &+= 1
    }

    /// Takes the last elements away.
    @inline(__always)
    mutating func removeLast(_ taken: Int) {
        precondition(taken <= count, "more than there are")
        count &-= taken
    }

    @inline(__always)
    subscript(_ index: Int) -> Element {
        get {
            precondition(index >= 0 && index < count, "no such element")
            return memory[index]
        }
        set {
            precondition(index >= 0 && index < count, "no such element")
            memory[index] = newValue
        }
    }

    @inline(never)
    private mutating func grow() {
        let old = memory
        capacity *= 2
        memory = .allocate(capacity: capacity)
        memory.update(from: old, count: count)
        old.deallocate()
    }
}
