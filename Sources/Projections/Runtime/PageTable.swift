import Touchpoints

/// The slots of all customers, in pages of consecutive numbers that are read when first asked for.
///
/// A page is also the unit of writing back, and knows the earliest wake-up among its customers (a lower bound). A page
/// that nobody needs for now is *packed* until it is written back: a few bytes a customer instead of some hundred.
struct PageTable<State: ViewState> {
    /// Customers in one page.
    static var pageSize: Int { 128 }

    final class Page {
        /// Empty while the page is packed.
        var slots: [Slot<State>]
        fileprivate var packed: [UInt8]?
        fileprivate var isDirty = false

        init(slots: [Slot<State>]) { self.slots = slots }
    }

    private(set) var pages: [Page?] = []
    /// For each page a time before which none of its customers wants to be woken.
    private(set) var earliest: [Timestamp] = []
    private(set) var dirtyPages: [Int] = []
    private let load: (Int) throws -> [Slot<State>]?

    /// - Parameters:
    ///   - earliest: for each page on disk its earliest wake-up.
    ///   - load: reads a page from disk; nil when it is not there. May be called from several threads.
    init(earliest: [Timestamp] = [], load: @escaping (Int) throws -> [Slot<State>]?) {
        self.earliest = earliest
        self.pages = Array(repeating: nil, count: earliest.count)
        self.load = load
    }

    /// The page of a customer, and the customer's place in it.
    mutating func page(of customer: CustomerNumber) throws -> (page: Page, index: Int) {
        let number = Int(customer.rawValue) / Self.pageSize
        return (try page(number), Int(customer.rawValue) % Self.pageSize)
    }

    mutating func page(_ number: Int) throws -> Page {
        grow(to: number)
        let page = try opened(number)
        pages[number] = page
        return page
    }

    mutating func grow(to number: Int) {
        while pages.count <= number {
            pages.append(nil)
            earliest.append(.distantFuture)
        }
    }

    /// The page, its slots in memory. The table does not know of one that it does not hold yet until it is
    /// put in its place; so several threads may open different pages.
    func opened(_ number: Int) throws -> Page {
        guard number < pages.count, let page = pages[number] else {
            return Page(slots: try load(number) ?? Array(repeating: Slot<State>(), count: Self.pageSize))
        }
        if let packed = page.packed {
            page.slots = try Self.decode(packed.span.bytes)
            page.packed = nil
        }
        return page
    }

    /// Hands on the slots of a page, which stays in memory only where it is there already.
    func look<R>(at number: Int, _ body: ([Slot<State>]) throws -> R) throws -> R {
        guard let page = pages[number] else {
            return try body(try load(number) ?? Array(repeating: Slot<State>(), count: Self.pageSize))
        }
        if let packed = page.packed { return try body(Self.decode(packed.span.bytes)) }
        return try body(page.slots)
    }

    mutating func markDirty(_ customer: CustomerNumber) { markDirty(page: Int(customer.rawValue) / Self.pageSize) }

    mutating func markDirty(page number: Int) {
        guard let page = pages[number], !page.isDirty else { return }
        page.isDirty = true
        dirtyPages.append(number)
    }

    /// Takes a page that was opened and changed.
    mutating func put(_ page: Page, at number: Int) {
        pages[number] = page
        markDirty(page: number)
    }

    /// Notes that a customer wants to be woken at `due`.
    mutating func lowerEarliest(of customer: CustomerNumber, to due: Timestamp) {
        lowerEarliest(ofPage: Int(customer.rawValue) / Self.pageSize, to: due)
    }

    mutating func lowerEarliest(ofPage number: Int, to due: Timestamp) {
        if due < earliest[number] { earliest[number] = due }
    }

    mutating func setEarliest(ofPage number: Int, to due: Timestamp) { earliest[number] = due }

    /// Hands out the packed pages, ascending, and lets them go.
    mutating func takePacked() -> [(number: Int, bytes: [UInt8])] {
        var taken: [(number: Int, bytes: [UInt8])] = []
        var left: [Int] = []
        for number in dirtyPages.ascending {
            if let packed = pages[number]!.packed {
                taken.append((number, packed))
                pages[number] = nil
            } else {
                left.append(number)
            }
        }
        dirtyPages = left
        return taken
    }

    /// Hands out the pages that changed since the last call, ascending and encoded, and forgets that they changed.
    ///
    /// - Parameter limit: where more pages are in memory then, all of them are let go, to be read again from disk.
    mutating func takeDirty(keeping limit: Int) -> [(number: Int, bytes: [UInt8])] {
        var dirty: [(number: Int, bytes: [UInt8])] = []
        for number in dirtyPages.ascending {
            let page = pages[number]!
            dirty.append((number, page.packed ?? Self.encode(page.slots, earliest: earliest[number])))
            page.isDirty = false
        }
        dirtyPages = []
        for number in pages.indices where pages[number]?.packed != nil { pages[number] = nil }
        if pages.count(where: { $0 != nil }) > limit { for number in pages.indices { pages[number] = nil } }
        return dirty
    }
}

/// Bytes.
extension PageTable {
    static func encode(_ slots: [Slot<State>], earliest: Timestamp) -> [UInt8] {
        var writer = ByteWriter()
        writer.writeFixed(UInt64(bitPattern: earliest.rawValue))
        for index in slots.indices {
            writer.write(slots[index].isPresent)
            if slots[index].isPresent { slots[index].encode(into: &writer) }
        }
        return writer.bytes
    }

    static func decode(_ bytes: RawSpan) throws -> [Slot<State>] {
        var reader = ByteReader(bytes)
        _ = try reader.readFixed()
        var slots: [Slot<State>] = []
        slots.reserveCapacity(pageSize)
        for _ in 0..<pageSize { slots.append(try reader.readBool() ? try Slot<State>(from: &reader) : Slot<State>()) }
        return slots
    }
}

extension PageTable.Page {
    /// Lets go of the slots, of which the bytes are kept.
    func pack(earliest: Timestamp) {
        packed = PageTable.encode(slots, earliest: earliest)
        slots = []
    }
}
