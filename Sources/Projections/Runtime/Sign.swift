/// Whether what a fold emits is added to the totals or taken back from them.
enum Sign: Int128 {
    case add = 1
    case takeBack = -1
}

extension CellTable {
    /// Moves what a sink has collected into the totals, and its effects to those that wait to be judged.
    mutating func apply(_ sink: inout Sink, _ sign: Sign) {
        add(sink.contributions, sign)
        if sign == .add {
            if keepsEffects, !sink.effects.isEmpty { effects += sink.effects }
            sink.forEachLabel { cell, text in noteLabel(text, of: cell) }
        }
        sink.discard()
    }
}
