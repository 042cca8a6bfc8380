import Dispatch
import LMDB
import Touchpoints

/// The files of one generation of a view: states in pages, totals, snapshots, and what the generation is.
///
/// Everything that belongs together is written in one transaction with the checkpoint, so that a view on disk always
/// stands exactly at one position.
final class ViewStore {
    static let format = EnvironmentFormat(name: "wayfold.view", version: 3)

    /// Nil when closed.
    private var environment: Environment?
    /// Set when reading beside the process that writes: one state of the files for as long as the store is open.
    private var snapshot: ReadSnapshot?
    private let turn = DispatchSemaphore(value: 1)
    private let pages, cells, snapshots, aside, about, outbox: Table
    /// By number, where the pages lie in the snapshot of which a slot was asked for.
    private var places: [ValuePlace?] = []

    /// - Parameter reads: open for reading only, at the state that the files have now.
    init(path: String, readsOnly reads: Bool) throws {
        let environment = try SharedEnvironments.open(
            at: path, format: Self.format, tables: ["pages", "cells", "snapshots", "aside", "about", "outbox"],
            access: reads ? .readOnly : .readWrite)
        self.environment = environment
        snapshot = reads ? try environment.snapshot() : nil
        pages = environment.table("pages")
        cells = environment.table("cells")
        snapshots = environment.table("snapshots")
        aside = environment.table("aside")
        about = environment.table("about")
        outbox = environment.table("outbox")
    }

    /// Lets the files go: they close with the last who has them open in this process.
    func close() {
        snapshot = nil
        environment = nil
    }

    /// Whether nothing was written since the store was opened for reading. O(1), without a system call.
    var isNewest: Bool { snapshot?.isNewest ?? true }

    private var opened: Environment {
        guard let environment else { preconditionFailure("the files of a view are closed") }
        return environment
    }

    /// One call at a time, from any thread.
    private func read<R>(_ body: (borrowing ReadTransaction) throws -> R) throws -> R {
        turn.wait()
        defer { turn.signal() }
        if let snapshot { return try snapshot.read(body) }
        return try opened.read(body)
    }
}

/// Reading.
extension ViewStore {
    /// What the generation is; nil when it was never written.
    func loadAbout() throws -> GenerationAbout? {
        try read { transaction in
            guard let value = try transaction.value(in: about, for: Self.aboutKey) else { return nil }
            var reader = ByteReader(value)
            return try GenerationAbout(from: &reader)
        }
    }

    /// The earliest wake-up of each page. O(pages).
    func loadEarliest() throws -> [Timestamp] {
        try read { transaction in
            var result: [Timestamp] = []
            var cursor = try transaction.cursor(in: pages)
            var more = try cursor.first()
            while more {
                guard let number = UInt32(keyBytes: cursor.key) else {
                    throw StateError("a page's key is not four bytes")
                }
                while result.count < Int(number) { result.append(.distantFuture) }
                var reader = ByteReader(cursor.value)
                result.append(Timestamp(rawValue: Int64(bitPattern: try reader.readFixed())))
                more = try cursor.next()
            }
            return result
        }
    }

    /// The bytes of a page; nil where there is none.
    func loadPage(_ number: Int) throws -> [UInt8]? {
        try read { transaction in
            guard let value = try transaction.value(in: pages, for: UInt32(number)) else { return nil }
            return Self.bytes(value)
        }
    }

    /// The slot of one customer, of a store that is open for reading; by one caller at a time. O(log pages + slot), and
    /// O(slot) for a page that was asked before.
    func loadSlot<State: ViewState>(of customer: CustomerNumber, _: State.Type) throws -> Slot<State> {
        guard let snapshot else { preconditionFailure("single slots are read beside the process that writes") }
        let number = Int(customer.rawValue) / PageTable<State>.pageSize
        let index = Int(customer.rawValue) % PageTable<State>.pageSize
        if number < places.count, let place = places[number] {
            return try PageBytes<State>.decode(index, of: place.unsafeValue)
        }
        guard let page = try snapshot.value(in: pages, for: UInt32(number)) else { return Slot() }
        if number >= places.count { places += Array(repeating: nil, count: number + 1 - places.count) }
        places[number] = ValuePlace(of: page)
        return try PageBytes<State>.decode(index, of: page)
    }

    /// All totals. O(cells).
    func loadCells() throws -> CellTable {
        try read { transaction in
            var table = CellTable()
            var cursor = try transaction.cursor(in: cells)
            var more = try cursor.first()
            while more {
                let cell = try Self.cell(key: cursor.key)
                var reader = ByteReader(cursor.value)
                let low = try reader.readFixed()
                let total = Int128(Int64(bitPattern: try reader.readFixed())) << 64 | Int128(low)
                table.load(cell, total: total, label: try reader.readBool() ? try reader.readBytes() : nil)
                more = try cursor.next()
            }
            return table
        }
    }

    func loadSetAside() throws -> [CustomerNumber: SetAside] {
        try read { transaction in
            var result: [CustomerNumber: SetAside] = [:]
            var cursor = try transaction.cursor(in: aside)
            var more = try cursor.first()
            while more {
                guard let number = UInt32(keyBytes: cursor.key) else {
                    throw StateError("a customer's key is not four bytes")
                }
                var reader = ByteReader(cursor.value)
                let customer = CustomerNumber(rawValue: number)
                result[customer] = SetAside(
                    customer: customer, position: Position(try reader.readUInt64()),
                    reason: String(decoding: try reader.readBytes(), as: UTF8.self))
                more = try cursor.next()
            }
            return result
        }
    }

    /// Whether an effect with that key has been written. O(log rows).
    func hasOutboxRow(_ key: [UInt8]) throws -> Bool {
        try read { try $0.value(in: outbox, for: key) != nil }
    }

    /// All effects that were written, in the order of their causes. O(rows).
    func loadOutbox() throws -> [(key: [UInt8], bytes: [UInt8])] {
        try read { transaction in
            var result: [(key: [UInt8], bytes: [UInt8])] = []
            var cursor = try transaction.cursor(in: outbox)
            var more = try cursor.first()
            while more {
                result.append((Self.bytes(cursor.key), Self.bytes(cursor.value)))
                more = try cursor.next()
            }
            return result
        }
    }

    /// A customer's snapshots, encoded, in the order of their keys.
    func loadSnapshots(of customer: CustomerNumber) throws -> [SnapshotTable.Entry] {
        try read { transaction in
            var result: [SnapshotTable.Entry] = []
            var cursor = try transaction.cursor(in: snapshots)
            let start = SnapshotTable.storageKey(customer, .init(time: .distantPast, sequence: .min, position: .start))
            var more = try cursor.seek(start)
            while more, let key = SnapshotTable.parse(cursor.key), key.customer == customer {
                result.append(try .init(key: key.key, bytes: Self.bytes(cursor.value)))
                more = try cursor.next()
            }
            return result
        }
    }
}

/// Writing.
extension ViewStore {
    /// What one transaction brings: the view as it is at the checkpoint in `about`, as changes since the last.
    struct Changes {
        var pages: [(number: UInt32, bytes: [UInt8])] = []
        var cells: [(cell: Cell, total: Int128, label: [UInt8]?)] = []
        var snapshots: [SnapshotTable.Edit] = []
        var setAside: [CustomerNumber: SetAside?] = [:]
        var outbox: [(key: [UInt8], bytes: [UInt8])] = []
        var about: GenerationAbout
    }

    /// Writes the changes, sorted, in one synced transaction, and frees the slots of readers that died.
    func save(_ changes: Changes) throws {
        try opened.write { transaction in
            for page in changes.pages { try transaction.put(page.bytes, for: page.number, in: pages) }
            for entry in changes.cells {
                let key = Self.key(of: entry.cell)
                if entry.total == 0 {
                    _ = try transaction.delete(key, in: cells)
                } else {
                    var writer = ByteWriter()
                    writer.writeFixed(UInt64(truncatingIfNeeded: entry.total))
                    writer.writeFixed(UInt64(truncatingIfNeeded: entry.total >> 64))
                    writer.write(entry.label != nil)
                    if let label = entry.label { writer.write(label) }
                    try transaction.put(writer.bytes, for: key, in: cells)
                }
            }
            for edit in changes.snapshots {
                let key = SnapshotTable.storageKey(edit.customer, edit.key)
                if let bytes = edit.bytes {
                    try transaction.put(bytes, for: key, in: snapshots)
                } else {
                    _ = try transaction.delete(key, in: snapshots)
                }
            }
            for (customer, entry) in changes.setAside.sorted(by: { $0.key < $1.key }) {
                guard let entry else {
                    _ = try transaction.delete(customer.rawValue, in: aside)
                    continue
                }
                var writer = ByteWriter()
                writer.write(entry.position.rawValue)
                writer.write(Array(entry.reason.utf8))
                try transaction.put(writer.bytes, for: customer.rawValue, in: aside)
            }
            for row in changes.outbox { try transaction.put(row.bytes, for: row.key, in: outbox) }
            var writer = ByteWriter()
            changes.about.encode(into: &writer)
            try transaction.put(writer.bytes, for: Self.aboutKey, in: about)
        }
        try opened.checkReaders()
    }

    /// Forgets all states and totals, for a generation that begins again; effects stay.
    func restart(_ about: GenerationAbout) throws {
        try opened.write { transaction in
            for table in [pages, cells, snapshots, aside] { try transaction.clear(table) }
        }
        try save(Changes(about: about))
    }

    private static let aboutKey = Array("generation".utf8)

    private static func bytes(_ span: RawSpan) -> [UInt8] {
        span.withUnsafeBytes { Array($0) }
    }

    private static func key(of cell: Cell) -> [UInt8] {
        var key: [UInt8] = [cell.table]
        withUnsafeBytes(of: cell.a.bigEndian) { key.append(contentsOf: $0) }
        withUnsafeBytes(of: cell.b.bigEndian) { key.append(contentsOf: $0) }
        return key
    }

    private static func cell(key: RawSpan) throws -> Cell {
        guard key.byteCount == 17 else { throw StateError("a cell's key is not 17 bytes") }
        return Cell(
            unsafe key.unsafeLoad(as: UInt8.self),
            UInt64(bigEndian: unsafe key.unsafeLoadUnaligned(fromByteOffset: 1, as: UInt64.self)),
            UInt64(bigEndian: unsafe key.unsafeLoadUnaligned(fromByteOffset: 9, as: UInt64.self)))
    }
}
