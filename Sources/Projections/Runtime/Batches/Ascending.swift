import Touchpoints

// Sorting is kept out of generic code: what the compiler makes of a sort there keeps the code around it from being
// compiled for each projector.

extension [FoldKey] {
    @inline(never) var inFoldOrder: [FoldKey] { sorted() }
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
