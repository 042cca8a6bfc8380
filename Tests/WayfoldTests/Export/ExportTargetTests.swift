import Foundation
import Projections
import Testing

@testable import Wayfold

struct ExportTargetTests {
    @Test(arguments: [
        ("out", nil, ExportFormat.csv, true), ("out/", ExportFormat.ndjson, .ndjson, true),
        ("/a/b.c/out//", nil, .csv, true),
        ("2026.11/", nil, .csv, true), ("a.csv", nil, .csv, false), ("./x/a.b.ndjson", nil, .ndjson, false),
        ("a.sqlite", .sqlite, .sqlite, false), (".exports/", nil, .csv, true),
    ])
    func `a place is a folder or a file by its name`(
        path: String, given: ExportFormat?, format: ExportFormat, isFolder: Bool
    ) throws {
        let target = try ExportTarget(path, format: given)
        #expect(target.format == format)
        #expect(target.isFolder == isFolder)
        #expect(target.path.last != "/")
    }

    @Test(arguments: [
        ("", nil), ("/", nil), ("..", nil), (".", nil), ("a.parquet", nil), ("2026.11", nil), ("a.csv", .ndjson),
        ("out", ExportFormat.sqlite), ("a.CSV", nil),
    ])
    func `what is neither is wrong usage`(path: String, format: ExportFormat?) {
        #expect(throws: QueryError.self) { try ExportTarget(path, format: format) }
    }

    @Test func `a folder that is there needs no slash`() throws {
        let scratch = try Scratch()
        try FileManager.default.createDirectory(atPath: scratch.path + "/2026.11", withIntermediateDirectories: false)
        #expect(try ExportTarget(scratch.path + "/2026.11").isFolder)
    }

    @Test(arguments: [
        ("out", ".", "out", "out/manifest.json"), ("/out/", "/", "out", "/out/manifest.json"),
        ("a/b.csv", "a", "b.csv", "a/b.csv.manifest.json"),
    ])
    func `the manifest lies in the folder or beside the file`(
        path: String, parent: String, name: String, manifest: String
    ) throws {
        let target = try ExportTarget(path)
        #expect(target.parent == parent)
        #expect(target.name == name)
        #expect(target.manifestPath == manifest)
    }
}
