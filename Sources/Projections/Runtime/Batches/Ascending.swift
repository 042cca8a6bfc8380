import Touchpoints

// Sorting, and paths to properties, are kept out of generic code: what the compiler makes of them there keeps the code
// around them from being compiled for each projector.

extension [FoldKey] {
    @inline(never) var inFoldOrder: [FoldKey] { sorted() }
}

extension [Own] {
    @inline(never) var inFoldOrder: [Own] { sorted { $0.key < $1.key } }
    @inline(never) var keys: [FoldKey] { map(\.key) }
}

extension [Position] {
    @inline(never) var ascending: [Position] { sorted() }
}

extension [Int] {
    @inline(never) var ascending: [Int] { sorted() }
}

extension [CustomerNumber: ListEdit] {
    @inline(never) var ascending: [CustomerNumber] { keys.sorted() }
}
