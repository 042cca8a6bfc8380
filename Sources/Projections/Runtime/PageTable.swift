import Digests
import Touchpoints

/// Customers with consecutive numbers share a page.
enum Paging {
    static var size: Int { 128 }
}

/// The slots of all customers, in pages of consecutive numbers that are read when first asked for.
///
/// A page is also the unit of writing back, and knows the earliest wake-up among its customers (a lower bound). A page
/// that nobody needs for now is *packed* until it is written back: a few bytes a customer instead of some hundred.
struct PageTable<State: ViewState> {
    /// Customers in one page.
    static var pageSize: Int { Paging.size }

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
    /// Of pages that wait, packed, to be written.
    private(set) var packedBytes = 0
    private let load: (Int) throws -> [UInt8]?

    /// - Parameters:
    ///   - earliest: for each page on disk its earliest wake-up.
    ///   - load: the bytes of a page on disk; nil when it is not there. May be called from several threads.
    init(earliest: [Timestamp] = [], load: @escaping (Int) throws -> [UInt8]?) {
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
            return Page(slots: try slots(onDisk: number))
        }
        if let packed = page.packed {
            page.slots = try PageBytes.decode(packed.span.bytes)
            page.packed = nil
        }
        return page
    }

    /// Hands on the slots of a page, which stays in memory only where it is there already.
    func look<R>(at number: Int, _ body: ([Slot<State>]) throws -> R) throws -> R {
        guard let page = pages[number] else {
            return try body(slots(onDisk: number))
        }
        if let packed = page.packed { return try body(PageBytes.decode(packed.span.bytes)) }
        return try body(page.slots)
    }

    private func slots(onDisk number: Int) throws -> [Slot<State>] {
        guard let bytes = try load(number) else { return Array(repeating: Slot<State>(), count: Self.pageSize) }
        return try PageBytes.decode(bytes.span.bytes)
    }

    /// See ``PageBytes/digest(_:number:)``. May be called from several threads.
    ///
    /// - Parameter writer: room that is used again from page to page.
    func digest(ofPage number: Int, in writer: inout ByteWriter) throws -> Digest256? {
        let page = pages[number]
        let bytes =
            try page.map { page in
                page.packed ?? PageBytes.encode(page.slots, earliest: earliest[number], in: &writer)
            } ?? load(number)
        return try bytes.flatMap { try PageBytes<State>.digest($0.span.bytes, number: number) }
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
        packedBytes += page.packed?.count ?? 0
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
        packedBytes = 0
        return taken
    }

    /// Hands out the pages that changed since the last call, ascending and encoded, and forgets that they changed.
    ///
    /// - Parameter limit: where more pages are in memory then, all of them are let go, to be read again from disk.
    mutating func takeDirty(keeping limit: Int) -> [(number: Int, bytes: [UInt8])] {
        var dirty: [(number: Int, bytes: [UInt8])] = []
        var writer = ByteWriter()
        for number in dirtyPages.ascending {
            let page = pages[number]!
            dirty.append((number, page.packed ?? PageBytes.encode(page.slots, earliest: earliest[number], in: &writer)))
            page.isDirty = false
        }
        dirtyPages = []
        packedBytes = 0
        for number in pages.indices where pages[number]?.packed != nil { pages[number] = nil }
        if pages.count(where: { $0 != nil }) > limit { for number in pages.indices { pages[number] = nil } }
        return dirty
    }
}

extension PageTable.Page {
    /// Lets go of the slots, of which the bytes are kept.
    ///
    /// - Parameter writer: room that is used again from page to page.
    func pack(earliest: Timestamp, in writer: inout ByteWriter) {
        packed = PageBytes.encode(slots, earliest: earliest, in: &writer)
        slots = []
    }
}
