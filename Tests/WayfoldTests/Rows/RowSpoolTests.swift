import Foundation
import Projections
import Synchronization
import Testing

@testable import Wayfold

struct RowSpoolTests {
    private let scratch: Scratch
    private let folder: DataFolder

    init() throws {
        scratch = try Scratch()
        folder = try DataFolder(creatingAt: scratch.data)
    }

    private func spool(_ rows: [Row], _ format: RowFormat, sort: String? = nil) throws -> RowSpool {
        let spool = try RowSpool(
            folder: folder, format: format, columns: Sample.columns,
            sort: sort.map { try RowSort($0, columns: Sample.columns) })
        for row in rows { try spool.write(row) }
        try spool.finish()
        return spool
    }

    private func pages(_ spool: RowSpool, count: () -> Int) throws -> [[UInt8]] {
        var pages: [[UInt8]] = []
        var next: Int? = 0
        while let offset = next {
            let page = try spool.page(from: offset, count: count())
            pages.append(page.lines)
            next = page.next
        }
        return pages
    }

    @Test(arguments: [RowFormat.ndjson, .csv], [nil, "-money,name"])
    func `pages of any size are the whole answer`(format: RowFormat, sort: String?) throws {
        var dice = SeededGenerator(seed: 3)
        let rows = Sample.rows(3_000, &dice)
        let spool = try spool(rows, format, sort: sort)
        var ordered = rows
        if let sort {
            var sorted = SortedRows(
                by: try RowSort(sort, columns: Sample.columns), columns: Sample.columns, folder: folder)
            for row in rows { try sorted.add(row) }
            ordered = []
            try sorted.forEach { ordered.append($0) }
            #expect(ordered != rows)
        }
        var whole = try Sample.text(Sample.columns, ordered, as: format).utf8[...]
        if format == .csv { whole = whole.dropFirst("name,n,money,rate,at,day,is\r\n".utf8.count) }
        #expect(spool.rowCount == rows.count)
        for most in [1, 7, 100, 5_000] {
            let pages = try pages(spool) { Int.random(in: 1...most, using: &dice) }
            #expect(Array(pages.joined()) == Array(whole), "\(most)")
            #expect(pages.allSatisfy { $0.last == UInt8(ascii: "\n") })
        }
        #expect(try spool.page(from: 0, count: 20).next == 20)
    }

    @Test func `without rows there is one page without lines`() throws {
        let spool = try spool([], .ndjson)
        #expect(spool.rowCount == 0)
        #expect(try pages(spool) { 10 } == [[]])
    }

    @Test(arguments: [(-1, 5), (3, 5), (.max, .max), (.min, 1), (0, 0), (1, -1)])
    func `for an offset that no page gave there are no lines`(offset: Int, count: Int) throws {
        var dice = SeededGenerator(seed: 3)
        let page = try spool(Sample.rows(3, &dice), .csv).page(from: offset, count: count)
        #expect(page.lines.isEmpty && page.next == nil)
    }

    @Test func `many threads read at once`() throws {
        var dice = SeededGenerator(seed: 9)
        let spool = try spool(Sample.rows(2_000, &dice), .ndjson)
        let whole = try spool.page(from: 0, count: .max).lines
        let equal = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: 8) { thread in
            let pages = try? pages(spool) { 13 + thread }
            if pages.map({ Array($0.joined()) }) == whole { equal.add(1, ordering: .relaxed) }
        }
        #expect(equal.load(ordering: .relaxed) == 8)
    }

    @Test func `room is asked for before bytes are written, and none ends the writing`() throws {
        struct IsFull: Error {}
        var dice = SeededGenerator(seed: 3)
        let rows = Sample.rows(5_000, &dice)
        var asked = 0
        let spool = try RowSpool(folder: folder, format: .ndjson, columns: Sample.columns) { asked += $0 }
        for row in rows { try spool.write(row) }
        try spool.finish()
        #expect(asked == (try spool.page(from: 0, count: .max).lines.count) + 8 * rows.count)
        let small = try RowSpool(folder: folder, format: .ndjson, columns: Sample.columns) { _ in throw IsFull() }
        #expect(throws: IsFull.self) {
            for row in rows { try small.write(row) }
            try small.finish()
        }
    }

    @Test func `its files have no name`() throws {
        let before = try scratch.names(in: "data")
        var dice = SeededGenerator(seed: 1)
        let spool = try spool(Sample.rows(10, &dice), .csv)
        #expect(try scratch.names(in: "data") == before)
        #expect(spool.rowCount == 10)
    }
}
