/// A scanned text as its walks see it: what lies on a ``JSONTape``, without owning it.
struct JSONView: ~Escapable {
    let entries: Span<JSONTape.Entry>
    let bytes: RawSpan

    @_lifetime(borrow tape)
    init(_ tape: borrowing JSONTape) {
        entries = tape.entries.span
        bytes = tape.bytes.span.bytes
    }

    /// The entry behind this one and all that is in it.
    @inline(__always) func next(_ node: Int) -> Int { Int(entries[node].next) }
}
