import Touchpoints

/// The slots of all customers, in pages of consecutive numbers that are read when first asked for.
///
/// A page is also the unit of writing back, and knows the earliest wake-up among its customers (a lower bound).
struct PageTable<State: ViewState> {
    /// Customers in one page.
    static var pageSize: Int { 128 }

    final class Page {
        var slots: [Slot<State>]
        var isDirty = false

        init(slots: [Slot<State>]) { self.slots = slots }
    }

    private(set) var pages: [Page?] = []
    /// For each page a time before which none of its customers wants to be woken.
    private(set) var earliest: [Timestamp] = []
    private(set) var dirtyPages: [Int] = []
    private let load: (Int) throws -> [Slot<State>]?

    /// - Parameters:
    ///   - earliest: for each page on disk its earliest wake-up.
    ///   - load: reads a page from disk; nil when it is not there.
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
        while pages.count <= number {
            pages.append(nil)
            earliest.append(.distantFuture)
        }
        if let page = pages[number] { return page }
        let slots = try load(number) ?? Array(repeating: Slot<State>(), count: Self.pageSize)
        let page = Page(slots: slots)
        pages[number] = page
        return page
    }

    mutating func markDirty(_ customer: CustomerNumber) { markDirty(page: Int(customer.rawValue) / Self.pageSize) }

    mutating func markDirty(page number: Int) {
        guard let page = pages[number], !page.isDirty else { return }
        page.isDirty = true
        dirtyPages.append(number)
    }

    /// Notes that a customer wants to be woken at `due`.
    mutating func lowerEarliest(of customer: CustomerNumber, to due: Timestamp) {
        lowerEarliest(ofPage: Int(customer.rawValue) / Self.pageSize, to: due)
    }

    mutating func lowerEarliest(ofPage number: Int, to due: Timestamp) {
        if due < earliest[number] { earliest[number] = due }
    }

    mutating func setEarliest(ofPage number: Int, to due: Timestamp) { earliest[number] = due }

    /// Hands out the pages that changed since the last call, ascending, and forgets that they changed.
    mutating func takeDirty() -> [(number: Int, page: Page)] {
        var dirty: [(number: Int, page: Page)] = []
        for number in dirtyPages.ascending {
            dirty.append((number, pages[number]!))
            pages[number]!.isDirty = false
        }
        dirtyPages = []
        return dirty
    }
}

extension [Int] {
    @inline(never) fileprivate var ascending: [Int] { sorted() }
}
