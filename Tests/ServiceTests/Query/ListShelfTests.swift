import EventLog
import Projections
import Testing
import Touchpoints
import Wayfold

@testable import Service

@Suite struct ListShelfTests {
    private let scratch: Scratch
    private let folder: DataFolder
    private static let columns: [Column] = [.text("customer")]
    private static let part = ServedPart(Catalogue.standard.parts[0])

    init() throws {
        scratch = try Scratch()
        folder = try DataFolder(creatingAt: scratch.data)
    }

    /// A list of so many rows of about 1 KiB.
    private func list(_ shelf: ListShelf, of actor: String, rows: Int = 3, path: String = "/a") throws -> OpenList {
        let room = ListRoom(shelf)
        let spool = try RowSpool(folder: folder, format: .ndjson, columns: Self.columns) { try room.take($0) }
        for _ in 0..<rows { try spool.write([.text(String(repeating: "x", count: 1_000))]) }
        try spool.finish()
        return OpenList(
            spool: spool, room: room, format: .ndjson, part: Self.part,
            answer: Answer(position: Position(1), policy: Position(1), isStale: false, setAside: 0),
            owner: ListOwner(workspace: "default", actor: actor), path: path)
    }

    private func limits(_ count: Int, bytes: Int = 1 << 30) -> ServiceLimits {
        var limits = ServiceLimits()
        (limits.lists, limits.listByteCount) = (count, bytes)
        return limits
    }

    private func isThere(_ name: String, on shelf: ListShelf, path: String = "/a", offset: Int = 1) throws -> Bool {
        let cursor = ListCursor(list: name, offset: offset, limit: 10)
        do throws(Problem) { _ = try shelf.list(of: cursor, workspace: "default", path: path) } catch {
            guard error.kind == .gone else { throw error }
            return false
        }
        return true
    }

    @Test func `a list that is paged through outlasts any number of first pages`() throws {
        let shelf = ListShelf(limits(4))
        let job = shelf.keep(try list(shelf, of: "job"))
        #expect(try isThere(job, on: shelf))
        for number in 0..<50 { _ = shelf.keep(try list(shelf, of: number.isMultiple(of: 2) ? "job" : "other")) }
        #expect(shelf.listCount == 4)
        #expect(try isThere(job, on: shelf))
    }

    @Test func `who has most gives way, and there what was not read for longest`() throws {
        let shelf = ListShelf(limits(4))
        let greedy = try (0..<3).map { _ in shelf.keep(try list(shelf, of: "greedy")) }
        let modest = shelf.keep(try list(shelf, of: "modest"))
        for name in greedy + [modest] { #expect(try isThere(name, on: shelf)) }
        let third = shelf.keep(try list(shelf, of: "third"))
        #expect(try (greedy + [modest, third]).map { try isThere($0, on: shelf) } == [false, true, true, true, true])
    }

    @Test func `bytes are counted while a list is written, and given back with it`() throws {
        let shelf = ListShelf(limits(100, bytes: 1 << 20))
        let error = #expect(throws: Problem.self) { try list(shelf, of: "a", rows: 600) }
        #expect(error?.kind == .unavailable)
        var held: OpenList? = try list(shelf, of: "a", rows: 450)
        var other: OpenList? = try list(shelf, of: "b", rows: 450)
        #expect(throws: Problem.self) { try list(shelf, of: "c", rows: 450) }
        let name = shelf.keep(held!)
        held = nil
        // What is kept gives way to what is written.
        #expect(throws: Never.self) { try list(shelf, of: "c", rows: 450) }
        #expect(try !isThere(name, on: shelf))
        other = nil
        #expect(other == nil && shelf.listCount == 0)
    }

    @Test func `a cursor is good for its own route and for rows that there are`() throws {
        let shelf = ListShelf(limits(4))
        let name = shelf.keep(try list(shelf, of: "a"))
        for (path, offset) in [("/b", 1), ("/a", 3), ("/a", .max)] {
            let error = #expect(throws: Problem.self) { try isThere(name, on: shelf, path: path, offset: offset) }
            #expect(error?.kind == .badRequest)
        }
        #expect(throws: Problem.self) {
            try shelf.list(of: ListCursor(list: name, offset: 1, limit: 1), workspace: "other", path: "/a")
        }
        #expect(try isThere(name, on: shelf))
    }

    @Test func `what nobody reads for long is let go`() throws {
        let shelf = ListShelf(limits(4))
        let name = shelf.keep(try list(shelf, of: "a"), now: .now - .seconds(599))
        shelf.sweep()
        #expect(try isThere(name, on: shelf))
        shelf.sweep(now: .now + .seconds(601))
        #expect(try !isThere(name, on: shelf))
    }

    @Test func `a cursor reads as it is written, and nothing else is one`() {
        let cursor = ListCursor(list: String(repeating: "0a", count: 16), offset: 10, limit: 7)
        #expect(ListCursor(cursor.text) == cursor)
        let list = cursor.list
        for text in [
            "", "x", list, "\(list).1", "\(list).01.7", "\(list).-1.7", "\(list).+1.7", "\(list).1.0",
            "\(list).1.10001",
            "\(list).1.7.", "\(list).1.7 ", "\(list.dropLast()).1.7", "\(list.uppercased()).1.7",
            "\(list).99999999999999999999.7", "../../etc/passwd.1.1",
        ] { #expect(ListCursor(text) == nil, "\(text)") }
    }
}
