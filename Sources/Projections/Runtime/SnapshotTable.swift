import Touchpoints

/// States kept right after every so many events of a customer, so that a late event need not fold from the start.
///
/// Taken before later wake-ups. Where states forget (a projector's `forgets`), all are kept and a fold again ends at
/// the first that it meets again; where they carry counters, they stand 1, 2, 4 ... spacings from the end.
struct SnapshotTable {
    /// Events of one customer between snapshots.
    static let spacing: UInt32 = 64

    struct Entry {
        var key: FoldKey
        /// Counts up by one a spacing, so that age can be told.
        var ordinal: UInt32
        /// The ordinal, the events skipped so far, and the state.
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
        if let known = entries[customer] { return known }
        let loaded = try load(customer)
        entries[customer] = loaded
        return loaded
    }

    /// Adds a snapshot behind all others of the customer.
    mutating func append(_ entry: Entry, of customer: CustomerNumber) throws {
        let known = try all(of: customer)
        entries[customer] = nil
        var grown = known
        grown.append(entry)
        entries[customer] = grown
        note(Edit(customer: customer, key: entry.key, bytes: entry.bytes))
    }

    /// Replaces the snapshots after `start` and before `end` (nil: all behind) by others in that range.
    mutating func replace(
        of customer: CustomerNumber, after start: FoldKey, before end: FoldKey?, by replacement: [Entry]
    ) throws {
        let known = try all(of: customer)
        let isReplaced = { (key: FoldKey) in start < key && (end == nil || key < end!) }
        for entry in known where isReplaced(entry.key) { note(Edit(customer: customer, key: entry.key, bytes: nil)) }
        for entry in replacement { note(Edit(customer: customer, key: entry.key, bytes: entry.bytes)) }
        entries[customer] = (known.filter { !isReplaced($0.key) } + replacement).sorted { $0.key < $1.key }
    }

    /// Lets snapshots go so that about 1, 2, 4 ... spacings from the end are left.
    mutating func thin(of customer: CustomerNumber) throws {
        let known = try all(of: customer)
        var kept: [Entry] = []
        var lastBucket = -1
        for entry in known {
            let distance = known[known.count - 1].ordinal &- entry.ordinal &+ 1
            let bucket = UInt32.bitWidth - distance.leadingZeroBitCount
            if bucket != lastBucket {
                kept.append(entry)
            } else {
                note(Edit(customer: customer, key: entry.key, bytes: nil))
            }
            lastBucket = bucket
        }
        entries[customer] = kept
    }

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
    init<State: ViewState>(key: FoldKey, ordinal: UInt32, poisoned: UInt32, state: State) {
        var writer = ByteWriter()
        writer.write(ordinal)
        writer.write(poisoned)
        state.encode(into: &writer)
        self.init(key: key, ordinal: ordinal, bytes: writer.bytes)
    }

    init(key: FoldKey, bytes: [UInt8]) throws {
        var reader = ByteReader(bytes.span.bytes)
        self.init(key: key, ordinal: try reader.readUInt32(), bytes: bytes)
    }

    func decode<State: ViewState>(_: State.Type) throws -> (poisoned: UInt32, state: State) {
        var reader = ByteReader(bytes.span.bytes)
        _ = try reader.readUInt32()
        return (try reader.readUInt32(), try State(from: &reader))
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
