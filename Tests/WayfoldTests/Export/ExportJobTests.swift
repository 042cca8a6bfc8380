import Digests
import Foundation
import Projections
import Testing

@testable import Wayfold

struct ExportJobTests {
    private let scratch: Scratch
    private let shop: Shop

    init() async throws {
        scratch = try Scratch()
        shop = try await Shop(scratch)
    }

    private var catalogue: Catalogue { .standard + [Numbers.self] }

    /// Exports to a place in the scratch folder.
    @discardableResult
    private func export(
        _ names: [String], to place: String, format: ExportFormat? = nil
    ) throws -> (target: ExportTarget, manifest: ExportManifest) {
        let target = try ExportTarget(scratch.path + "/" + place, format: format)
        let parts = try catalogue.exportableParts(names, ofThePast: false)
        return (target, try ExportJob(parts, to: target).run(shop.answers(catalogue)))
    }

    private func bytes(_ place: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: scratch.path + "/" + place)))
    }

    /// What a query of the same part writes.
    private func query(_ part: String, as format: RowFormat) throws -> (text: String, answer: Answer) {
        let words = part.split(separator: "/").map(String.init)
        let question = Question(view: words[0], part: words[1])
        var rows: [Row] = []
        let answer = try shop.answers(catalogue).answer(question) { rows.append($0) }
        return (try Sample.text(catalogue.columns(of: question), rows, as: format), answer)
    }

    @Test(arguments: [ExportFormat.csv, .ndjson])
    func `a folder holds what queries of the parts answer, and a manifest of it`(format: ExportFormat) throws {
        let (target, manifest) = try export([], to: "out", format: format)
        #expect(ExportManifest(of: target) == manifest)
        #expect(manifest.parts.map(\.part).contains("journey/map"))
        #expect(manifest.parts.count >= 18)
        for part in manifest.parts {
            let (text, answer) = try query(part.part, as: format == .csv ? .csv : .ndjson)
            let bytes = try bytes("out/" + part.file)
            #expect(bytes == Array(text.utf8), "\(part.part)")
            #expect(manifest.position == answer.position.rawValue)
            #expect(part.policy == answer.policy.rawValue)
            let file = try #require(manifest.files.first { $0.name == part.file })
            #expect(file.sha256 == "\(SHA256.digest(of: bytes))")
            #expect(file.bytes == bytes.count)
        }
        #expect(manifest.parts.first { $0.part == "rfm/customers" }!.rows >= 30)
        #expect(try scratch.names(in: "out").count == manifest.parts.count + 1)
        #expect(try scratch.names().filter { $0.hasPrefix(".") } == [])
        #expect(throws: Never.self) { try export([], to: "again", format: format) }
        #expect(try bytes("out/manifest.json") == bytes("again/manifest.json"))
    }

    @Test func `the columns are named with kinds and units, and decimals with the digits they have`() throws {
        let part = try export(["rfm/customers"], to: "a.csv").manifest.parts[0]
        let description = try #require(catalogue.parts.first { $0.path == "rfm/customers" })
        #expect(part.columns.map(\.name) == description.columns.map(\.name))
        #expect(part.columns.map(\.kind) == description.columns.map(\.kind.rawValue))
        #expect(part.columns.map(\.unit) == description.columns.map(\.unit))
        // KWD has three.
        #expect(part.columns.first { $0.name == "monetary" }?.scale == 3)
        #expect(part.columns.first { $0.name == "customer" }?.scale == nil)
    }

    /// The first customer who has bought anything.
    private func buyer() throws -> String {
        var row: Row?
        try shop.answers(catalogue).answer(Question(view: "rfm", part: "customers")) {
            row = $0
            throw EnoughRows()
        }
        return try #require(row?[0].text)
    }

    @Test func `an export holds what a query with the same conditions answers`() throws {
        let condition = "customer=" + (try buyer())
        let selection = ExportSelection(conditions: [condition], options: ["scores": "ntile"])
        let parts = try catalogue.exportableParts(["rfm/customers"], selection, ofThePast: false)
        let target = try ExportTarget(scratch.path + "/some.ndjson")
        let manifest = try ExportJob(parts, selection, to: target).run(shop.answers(catalogue))
        var rows: [Row] = []
        try shop.answers(catalogue).answer(selection.question(about: parts[0])) { rows.append($0) }
        let all = try export(["rfm/customers"], to: "all.ndjson").manifest
        #expect(0 < rows.count && rows.count < all.parts[0].rows)
        #expect(try bytes("some.ndjson") == Array(Sample.text(parts[0].columns, rows, as: .ndjson).utf8))
        #expect(ExportManifest(of: target) == manifest)
        #expect(manifest.conditions == [condition])
        #expect(manifest.options == ["scores": "ntile"] && all.options == nil)
    }

    @Test func `of one customer there are all parts that can be asked about one`() throws {
        let customer = try buyer()
        let selection = ExportSelection(customer: customer)
        let parts = try catalogue.exportableParts([], selection, ofThePast: false)
        #expect(Set(["journey/timeline", "rfm/customers", "loyalty/members"]).isSubset(of: parts.map(\.path)))
        #expect(!parts.map(\.path).contains("rfm/segments"))
        let manifest = try ExportJob(parts, selection, to: ExportTarget(scratch.path + "/one.sqlite"))
            .run(shop.answers(catalogue))
        #expect(manifest.customer == customer)
        #expect(manifest.parts.first { $0.part == "lifecycle/customers" }?.rows == 1)
        for (name, words) in [("rfm/segments", "no option customer"), ("journey/funnel", "customer")] {
            let error = #expect(throws: QueryError.self) {
                try catalogue.exportableParts([name], selection, ofThePast: false)
            }
            #expect(error?.description.contains(words) == true)
        }
        #expect(throws: QueryError.self) {
            try ExportJob(parts, ExportSelection(conditions: ["colour=red"]), to: ExportTarget("one.sqlite"))
        }
    }

    @Test func `one file has its manifest beside it, and is replaced`() throws {
        let (target, manifest) = try export(["rfm/customers"], to: "a.csv")
        #expect(try bytes("a.csv") == Array(query("rfm/customers", as: .csv).text.utf8))
        #expect(ExportManifest(of: target) == manifest)
        try export(["rfm/segments"], to: "a.csv")
        #expect(try bytes("a.csv") == Array(query("rfm/segments", as: .csv).text.utf8))
        #expect(ExportManifest(of: target)?.parts.map(\.part) == ["rfm/segments"])
        #expect(try scratch.names() == ["a.csv", "a.csv.manifest.json", "data", "events.ndjson"])
    }

    @Test func `an export takes the place of another, and of an empty folder`() throws {
        try FileManager.default.createDirectory(atPath: scratch.path + "/out", withIntermediateDirectories: false)
        try export(["rfm"], to: "out")
        try export(["loyalty/members"], to: "out", format: .ndjson)
        #expect(try scratch.names(in: "out") == ["loyalty.members.ndjson", "manifest.json"])
        #expect(try scratch.names() == ["data", "events.ndjson", "out"])
    }

    @Test func `a folder that holds something else is left alone`() throws {
        try export(["rfm/segments"], to: "out")
        _ = try scratch.file("out/notes.txt", "mine")
        #expect(throws: ExportError.self) { try export(["rfm/segments"], to: "out") }
        #expect(try scratch.names(in: "out") == ["manifest.json", "notes.txt", "rfm.segments.csv"])
        _ = try scratch.file("plain", "mine")
        #expect(throws: ExportError.self) { try export(["rfm/segments"], to: "plain") }
        #expect(try bytes("plain") == Array("mine".utf8))
    }

    @Test func `an export that fails in its middle leaves the one before it whole`() throws {
        try export(["numbers/narrow"], to: "a.sqlite")
        let before = try bytes("a.sqlite")
        let error = #expect(throws: ExportError.self) { try export(["numbers"], to: "a.sqlite") }
        #expect(error?.description.contains("numbers/wide: n is 170141183460469231731687303715884105727") == true)
        #expect(try bytes("a.sqlite") == before)
        #expect(try scratch.names() == ["a.sqlite", "a.sqlite.manifest.json", "data", "events.ndjson"])
        // In text there is room.
        #expect(try export(["numbers"], to: "out").manifest.parts[1].columns[1].scale == 4)
    }

    @Test func `two are not made to one place at once, and what a killed one left is cleared away`() throws {
        let target = try ExportTarget(scratch.path + "/out")
        do {
            let staged = try StagedFiles(for: target)
            _ = try scratch.file(".out.wayfold-export/half.csv", "1")
            #expect(throws: ExportError.self) { try export(["rfm/segments"], to: "out") }
            #expect(staged.path.hasSuffix(".out.wayfold-export"))
        }
        #expect(try scratch.names() == ["data", "events.ndjson"])
        try FileManager.default.createDirectory(
            atPath: scratch.path + "/.out.wayfold-export", withIntermediateDirectories: false)
        _ = try scratch.file(".out.wayfold-export/half.csv", "1")
        try export(["rfm/segments"], to: "out")
        #expect(try scratch.names(in: "out") == ["manifest.json", "rfm.segments.csv"])
        #expect(try scratch.names() == ["data", "events.ndjson", "out"])
    }

    @Test func `a view that went on while the log was open takes the whole export on`() async throws {
        let answers = try shop.answers(catalogue)
        // It stays open at the position of now.
        let before = try answers.answer(Question(view: "journey", part: "map")) { _ in }.position
        let file = try scratch.file("late.ndjson", Sample.event("late", subject: "member:late"))
        _ = try await Importer.run(file, into: scratch.data)
        let engine = try FoldEngine(folder: shop.folder, catalogue: catalogue)
        let head = try engine.catchUp()
        try engine.save()
        #expect(head == Position(before.rawValue + 1))
        let parts = try catalogue.exportableParts(["journey/map", "lifecycle/customers"], ofThePast: false)
        let manifest = try ExportJob(parts, to: ExportTarget(scratch.path + "/out")).run(answers)
        #expect(manifest.position == head.rawValue)
        for part in manifest.parts {
            #expect(try bytes("out/" + part.file) == Array(query(part.part, as: .csv).text.utf8), "\(part.part)")
        }
        #expect(try scratch.names(in: "out").count == 3)
    }

    @Test func `the past is exported as it is answered`() throws {
        let target = try ExportTarget(scratch.path + "/then")
        let parts = try catalogue.exportableParts(["rfm", "lifecycle"], ofThePast: true)
        #expect(!parts.map(\.path).contains("lifecycle/outbox"))
        let manifest = try ExportJob(parts, to: target, asKnown: Position(50)).run(shop.answers(catalogue))
        #expect(manifest.position == 50)
        var question = Question(view: "lifecycle", part: "stages")
        question.asKnown = Position(50)
        var rows: [Row] = []
        _ = try shop.answers(catalogue).answer(question) { rows.append($0) }
        let text = try Sample.text(catalogue.columns(of: question), rows, as: .csv)
        #expect(try bytes("then/lifecycle.stages.csv") == Array(text.utf8))
    }

    @Test func `names are views, parts, or nothing for all`() throws {
        func paths(_ names: [String]) throws -> [String] {
            try catalogue.exportableParts(names, ofThePast: false).map(\.path)
        }
        #expect(try paths(["numbers"]) == ["numbers/narrow", "numbers/wide"])
        #expect(try paths(["rfm/totals", "numbers/wide", "rfm/totals"]) == ["rfm/totals", "numbers/wide"])
        let left = Set(catalogue.parts.map(\.path)).subtracting(try paths([]))
        let ofEveryView = ["journey", "lifecycle", "rfm", "loyalty"].flatMap { view in
            ["explanation", "behind", "corrections"].map { "\(view)/\($0)" }
        }
        #expect(
            left.subtracting(ofEveryView) == [
                "journey/funnel", "journey/timeline", "journey/passages", "journey/funnel-events", "lifecycle/history",
                "rfm/ranks", "loyalty/ledger", "loyalty/lots", "numbers/asked", "numbers/corrections",
            ])
        #expect(left.isSuperset(of: ofEveryView))
        for name in ["nobody", "rfm/nothing", "journey/timeline", "rfm/corrections", "rfm/", "numbers/asked"] {
            #expect(throws: QueryError.self, "\(name)") { try paths([name]) }
        }
        let parts = try catalogue.exportableParts(["rfm"], ofThePast: false)
        for (parts, place) in [(parts, "a.csv"), ([], "out")] {
            #expect(throws: QueryError.self) { try ExportJob(parts, to: ExportTarget(place)) }
        }
    }
}
