/// Whether what a fold emits is added to the totals or taken back from them.
enum Sign: Int128 {
    case add = 1
    case takeBack = -1
}

extension CellTable {
    /// Moves what a sink has collected into the totals.
    mutating func apply(_ sink: inout Sink, _ sign: Sign) {
        for contribution in sink.contributions {
            add(sign.rawValue * Int128(contribution.amount), to: contribution.cell)
        }
        if sign == .add {
            for (cell, label) in sink.labels { setLabel(label, of: cell) }
        }
        sink.discard()
    }
}
