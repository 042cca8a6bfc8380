import Touchpoints

/// States kept right after every so many events of a customer, so that a late event need not fold from the start.
///
/// Taken before later wake-ups. Where states forget (a projector's `forgets`), all are kept, so that a fold again can
/// begin just before each event that came or went; where they carry counters, they stand 1, 2, 4 ... spacings from
/// the end.
struct SnapshotTable {
    /// Events of one customer between snapshots.
    static let spacing: UInt32 = 64

    /// The spacing where the last snapshot is of a state so long: long ones stand further apart, so that writing them
    /// costs an event about as many bytes as it has itself.
    static func spacing(_ least: UInt32, behind last: Entry?) -> UInt32 {
        max(least, UInt32(clamping: (last?.bytes.count ?? 0) / 64))
    }

    struct Entry {
        var key: FoldKey
        /// Counts up by one a spacing, so that age can be told.
        var ordinal: UInt32
        /// The ordinal, whether wake-ups are silent since one failed, and the state.
        var bytes: [UInt8]
    }

    /// One change to be written back; nil bytes: the snapshot goes.
    struct Edit {
        var customer: CustomerNumber
        var key: FoldKey
        var bytes: [UInt8]?
    }

    private var entries: [CustomerNumber: [Entry]] = [:]
    private var edits: [Edit] = []
    private(set) var editedBytes = 0
    private let load: (CustomerNumber) throws -> [Entry]

    init(load: @escaping (CustomerNumber) throws -> [Entry]) { self.load = load }

    /// A customer's snapshots in fold order.
    mutating func all(of customer: CustomerNumber) throws -> [Entry] {
        try read(customer)
        return entries[customer]!
    }

    /// The last snapshot of a customer. O(1) once they are read.
    mutating func last(of customer: CustomerNumber) throws -> Entry? {
        try read(customer)
        return entries[customer]!.last
    }

    /// The last snapshot before a key. O(log snapshots) once they are read.
    mutating func last(of customer: CustomerNumber, before key: FoldKey) throws -> Entry? {
        try read(customer)
        let place = entries[customer]!.partitioningIndex { $0.key >= key }
        return place > 0 ? entries[customer]![place - 1] : nil
    }

    /// The key of the first snapshot behind a key. O(log snapshots) once they are read.
    mutating func firstKey(of customer: CustomerNumber, behind key: FoldKey) throws -> FoldKey? {
        try read(customer)
        let place = entries[customer]!.partitioningIndex { $0.key > key }
        return place < entries[customer]!.count ? entries[customer]![place].key : nil
    }

    /// Adds a snapshot behind all others of the customer.
    mutating func append(_ entry: Entry, of customer: CustomerNumber) throws {
        try read(customer)
        entries[customer]!.append(entry)
        note(Edit(customer: customer, key: entry.key, bytes: entry.bytes))
    }

    /// Replaces the snapshots after `start`, up to `end` (nil: all behind), by others in that range.
    mutating func replace(
        of customer: CustomerNumber, after start: FoldKey, through end: FoldKey?, by replacement: [Entry]
    ) throws {
        try read(customer)
        let first = entries[customer]!.partitioningIndex { $0.key > start }
        let last = end.map { end in entries[customer]!.partitioningIndex { $0.key > end } } ?? entries[customer]!.count
        let kept = Set(replacement.map(\.key))
        for entry in entries[customer]![first..<last] where !kept.contains(entry.key) {
            note(Edit(customer: customer, key: entry.key, bytes: nil))
        }
        for entry in replacement { note(Edit(customer: customer, key: entry.key, bytes: entry.bytes)) }
        entries[customer]!.replaceSubrange(first..<last, with: replacement)
    }

    /// Lets snapshots go so that about 1, 2, 4 ... spacings from the end are left.
    mutating func thin(of customer: CustomerNumber) throws {
        try read(customer)
        let kept = Self.thinned(entries[customer]!)
        let keys = Set(kept.map(\.key))
        for entry in entries[customer]! where !keys.contains(entry.key) {
            note(Edit(customer: customer, key: entry.key, bytes: nil))
        }
        entries[customer] = kept
    }

    static func thinned(_ all: [Entry]) -> [Entry] {
        guard let newest = all.last?.ordinal else { return all }
        var kept: [Entry] = []
        var lastBucket = -1
        for entry in all {
            let distance = newest &- entry.ordinal &+ 1
            let bucket = UInt32.bitWidth - distance.leadingZeroBitCount
            if bucket != lastBucket { kept.append(entry) }
            lastBucket = bucket
        }
        return kept
    }

    private mutating func read(_ customer: CustomerNumber) throws {
        if entries[customer] == nil { entries[customer] = try load(customer) }
    }

    /// Whether there are changes that no file holds.
    var hasEdits: Bool { !edits.isEmpty }

    /// Takes in the changes of other customers' snapshots.
    mutating func add(_ other: SnapshotTable) {
        edits += other.edits
        editedBytes += other.editedBytes
        entries.merge(other.entries) { _, new in new }
    }

    /// A table of the same files, without changes.
    var empty: SnapshotTable { SnapshotTable(load: load) }

    /// Hands out the changes since the last call and forgets what it had read.
    mutating func takeEdits() -> [Edit] {
        defer {
            edits = []
            entries = [:]
            editedBytes = 0
        }
        return edits
    }

    private mutating func note(_ edit: Edit) {
        edits.append(edit)
        editedBytes += 32 + (edit.bytes?.count ?? 0)
    }
}

extension SnapshotTable.Entry {
    init<State: ViewState>(key: FoldKey, ordinal: UInt32, isQuiet: Bool, state: State) {
        var writer = ByteWriter()
        writer.write(ordinal)
        writer.write(isQuiet)
        state.encode(into: &writer)
        self.init(key: key, ordinal: ordinal, bytes: writer.bytes)
    }

    init(key: FoldKey, bytes: [UInt8]) throws {
        var reader = ByteReader(bytes.span.bytes)
        self.init(key: key, ordinal: try reader.readUInt32(), bytes: bytes)
    }

    func decode<State: ViewState>(_: State.Type) throws -> (isQuiet: Bool, state: State) {
        var reader = ByteReader(bytes.span.bytes)
        _ = try reader.readUInt32()
        return (try reader.readBool(), try State(from: &reader))
    }
}

/// Keys in the table `snapshots`: customer, t, sequence, position; signed numbers with their sign bit turned.
extension SnapshotTable {
    static func storageKey(_ customer: CustomerNumber, _ key: FoldKey) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(28)
        withUnsafeBytes(of: customer.rawValue.bigEndian) { bytes.append(contentsOf: $0) }
        for word in [biased(key.time.rawValue), biased(key.sequence), key.position.rawValue] {
            withUnsafeBytes(of: word.bigEndian) { bytes.append(contentsOf: $0) }
        }
        return bytes
    }

    static func parse(_ key: RawSpan) -> (customer: CustomerNumber, key: FoldKey)? {
        guard key.byteCount == 28 else { return nil }
        let customer = UInt32(bigEndian: unsafe key.unsafeLoadUnaligned(as: UInt32.self))
        let words = [4, 12, 20].map {
            UInt64(bigEndian: unsafe key.unsafeLoadUnaligned(fromByteOffset: $0, as: UInt64.self))
        }
        return (
            CustomerNumber(rawValue: customer),
            FoldKey(
                time: Timestamp(rawValue: unbiased(words[0])), sequence: unbiased(words[1]),
                position: Position(words[2]))
        )
    }

    private static func biased(_ value: Int64) -> UInt64 { UInt64(bitPattern: value) ^ (1 << 63) }
    private static func unbiased(_ word: UInt64) -> Int64 { Int64(bitPattern: word ^ (1 << 63)) }
}
