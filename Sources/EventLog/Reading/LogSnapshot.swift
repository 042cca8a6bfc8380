import Digests
import LMDB
import Touchpoints

/// The blocks of the log as they were committed at one moment.
struct LogSnapshot {
    let tables: LogTables
    let snapshot: ReadSnapshot
    /// Blocks behind the committed ones that nobody has written: what a reader supposes. Ascending.
    var supposed: [BlockBuilder.Packed] = []

    /// What is committed now.
    init(_ tables: LogTables) throws(LogError) {
        self.tables = tables
        do { snapshot = try tables.environment.snapshot() } catch { throw .storage(error) }
    }

    /// The supposed block that begins at or before a position.
    private func supposed(atOrBefore position: Position) -> BlockBuilder.Packed? {
        supposed.last { $0.first <= position }
    }

    /// The block that holds a position, its events not checked yet. O(log blocks).
    @_lifetime(borrow self)
    func block(at position: Position) throws(LogError) -> BlockView {
        guard let entry = try floor(position) else { throw .damaged(position, "the block is missing") }
        try BlockView.check(entry.value, key: entry.key)
        let block = BlockView(checked: entry.value)
        guard block.last >= position else { throw .damaged(position, "the block is missing") }
        return _overrideLifetime(block, borrowing: self)
    }

    /// Hands on the blocks from the one that holds a position on, in order, until `body` returns false. O(blocks); throws
    /// what `body` throws, and ``LogError``.
    func forEachBlock(from position: Position, _ body: (borrowing BlockView) throws -> Bool) throws {
        var next = position
        if supposed.first.map({ position < $0.first }) ?? true {
            var cursor = try snapshot.cursor(in: tables.blocks)
            var isFound = try cursor.floor(position.rawValue)
            while isFound {
                try BlockView.check(cursor.value, key: Position(UInt64(keyBytes: cursor.key) ?? 0))
                let block = BlockView(checked: cursor.value)
                guard next >= block.first, next <= block.last else {
                    throw LogError.damaged(next, "the block is missing")
                }
                next = block.last.next
                guard try body(block) else { return }
                isFound = try cursor.next()
            }
        }
        for packed in supposed {
            let block = BlockView(checked: packed.block.span.bytes)
            guard try block.last < position || body(block) else { return }
        }
    }

    /// The block whose first event has this position. O(log blocks).
    @_lifetime(borrow self)
    func block(from first: Position) throws(LogError) -> BlockView {
        guard let value = try value(in: tables.blocks, first) else { throw .damaged(first, "the block is missing") }
        try BlockView.check(value, key: first)
        return _overrideLifetime(BlockView(checked: value), borrowing: self)
    }

    /// The personal value beside a block.
    @_lifetime(borrow self)
    func personal(beside block: borrowing BlockView, isChecked: Bool = false) throws(LogError) -> PersonalView {
        guard let value = try value(in: tables.personal, block.first, isPersonal: true) else {
            throw .damaged(block.first, "the personal value is missing")
        }
        if !isChecked { try PersonalView.check(value, beside: block) }
        return _overrideLifetime(PersonalView(checked: value), borrowing: self)
    }

    /// The position of the first block that begins at `position` or later; nil when there is none.
    func firstBlock(from position: Position) throws(LogError) -> Position? {
        do {
            var cursor = try snapshot.cursor(in: tables.blocks)
            if try cursor.seek(position.rawValue) { return Position(UInt64(keyBytes: cursor.key) ?? 0) }
            return supposed.first { $0.first >= position }?.first
        } catch {
            throw .storage(error)
        }
    }

    /// The position that the last block begins at; nil for an empty log.
    func lastBlock() throws(LogError) -> Position? {
        if let last = supposed.last { return last.first }
        do {
            var cursor = try snapshot.cursor(in: tables.blocks)
            return try cursor.last() ? Position(UInt64(keyBytes: cursor.key) ?? 0) : nil
        } catch {
            throw .storage(error)
        }
    }

    /// The keys of personal values that stand beside no block. O(blocks).
    func personalKeysWithoutBlock() throws(LogError) -> [Position] {
        do {
            var keys: [Position] = []
            var cursor = try snapshot.cursor(in: tables.personal)
            var found = try cursor.first()
            while found {
                if try !snapshot.contains(cursor.key, in: tables.blocks) {
                    keys.append(Position(UInt64(keyBytes: cursor.key) ?? 0))
                }
                found = try cursor.next()
            }
            return keys
        } catch {
            throw .storage(error)
        }
    }

    /// Whether a manifest speaks of this log: a block with its digest ends at its position.
    func agrees(with manifest: Manifest) throws(LogError) -> Bool {
        if manifest.position == .start { return true }
        do {
            let block = try block(at: manifest.position)
            return block.last == manifest.position && block.digest == manifest.digest
        } catch .damaged {
            return false
        }
    }

    @_lifetime(borrow self)
    private func value(
        in table: Table, _ first: Position, isPersonal: Bool = false
    ) throws(LogError) -> RawSpan? {
        if let supposed = supposed(atOrBefore: first) {
            let bytes = isPersonal ? supposed.personal : supposed.block
            return _overrideLifetime(bytes.span.bytes, borrowing: self)
        }
        do {
            guard let value = try snapshot.value(in: table, for: first.rawValue) else { return nil }
            return _overrideLifetime(value, borrowing: self)
        } catch {
            throw .storage(error)
        }
    }

    @_lifetime(borrow self)
    private func floor(_ position: Position) throws(LogError) -> Entry? {
        if let supposed = supposed(atOrBefore: position) {
            return _overrideLifetime(Entry(key: supposed.first, value: supposed.block.span.bytes), borrowing: self)
        }
        do {
            var cursor = try snapshot.cursor(in: tables.blocks)
            guard try cursor.floor(position.rawValue) else { return nil }
            return _overrideLifetime(
                Entry(key: Position(UInt64(keyBytes: cursor.key) ?? 0), value: cursor.value), borrowing: self)
        } catch {
            throw .storage(error)
        }
    }

    private struct Entry: ~Escapable {
        let key: Position
        let value: RawSpan

        @_lifetime(copy value)
        init(key: Position, value: RawSpan) {
            self.key = key
            self.value = value
        }
    }
}

/// What lies in the blocks.
extension LogSnapshot {
    func identity(at position: Position) throws(LogError) -> (identity: Hash128, content: UInt64) {
        let block = try block(at: position)
        let index = block.index(of: position)
        return (block.identity(index), block.content(index))
    }

    /// The event's personal part without its salt, held against its digest; nil when it was erased.
    func personalPart(at position: Position) throws(LogError) -> [UInt8]? {
        try saltedEntry(at: position).map { Array($0.dropFirst(BlockLayout.saltByteCount)) }
    }

    /// The same with its salt.
    func saltedEntry(at position: Position) throws(LogError) -> [UInt8]? {
        let block = try block(at: position)
        let index = block.index(of: position)
        let entry = try personal(beside: block).eventEntry(index)
        if entry.isEmpty { return nil }
        guard SHA256.digest(of: entry) == block.personalDigest(index) else {
            throw .damaged(position, "the personal part is not the one of its digest")
        }
        guard entry.byteCount >= BlockLayout.saltByteCount else { throw .damaged(position, "the salt is missing") }
        return entry.copied()
    }

    /// The first position of the block that added a strand. O(log² blocks).
    func blockOfStrand(_ strand: StrandNumber, head: Position) throws(LogError) -> Position {
        var low = Position(1)
        var high = head
        while low <= high {
            let block = try block(at: Position(low.rawValue + (high.rawValue - low.rawValue) / 2))
            if block.strandsAfter < strand.rawValue {
                low = block.last.next
            } else if block.strandsBefore >= strand.rawValue {
                high = block.first.previous
            } else {
                return block.first
            }
        }
        throw .damaged(head, "no block adds strand \(strand.rawValue)")
    }

    /// The kind and the value of the strand's alias; the value is empty when it was erased.
    ///
    /// - Parameter isChecked: the block's personal value was read before in this snapshot; then O(log blocks).
    func alias(
        of strand: StrandNumber, inBlockFrom first: Position, isChecked: Bool = false
    ) throws(LogError) -> (KindNumber, value: String) {
        let block = try block(from: first)
        let index = Int(strand.rawValue - block.strandsBefore) - 1
        let personal = try personal(beside: block, isChecked: isChecked)
        return (block.kindOfNewStrand(index), personal.aliasValue(index).text)
    }

    /// The kind of a strand's alias. O(log² blocks).
    func kind(of strand: StrandNumber, head: Position) throws(LogError) -> KindNumber {
        let block = try block(from: try blockOfStrand(strand, head: head))
        return block.kindOfNewStrand(Int(strand.rawValue - block.strandsBefore) - 1)
    }

    /// The last position recorded at or before a time; the start when there is none. O(log² blocks).
    func position(recordedAtOrBefore time: Timestamp, head: Position) throws(LogError) -> Position {
        var low = Position(1)
        var high = head
        while low <= high {
            let block = try block(at: Position(low.rawValue + (high.rawValue - low.rawValue) / 2))
            if block.clock <= time {
                low = block.last.next
            } else if block.recorded(0) > time {
                high = block.first.previous
            } else {
                var index = 0
                while block.recorded(index + 1) <= time { index += 1 }
                return Position(block.first.rawValue + UInt64(index))
            }
        }
        return high
    }
}
