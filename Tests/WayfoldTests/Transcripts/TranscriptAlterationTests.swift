import Digests
import EventLog
import Foundation
import Testing
import Touchpoints
import Transparency

@testable import Wayfold

/// What was altered in the text of a log is found, also by one who makes the manifest's digests fit.
struct TranscriptAlterationTests {
    private let scratch = try! Scratch()

    /// The text of a log, whose lines are altered in memory.
    private struct Text {
        var manifest: TranscriptManifest
        var files: [Transcript.File: [[UInt8]]] = [:]
        let secret: Data

        init(_ path: String) throws {
            manifest = try Transcript(openingAt: path).manifest
            secret = try Data(contentsOf: URL(filePath: path + "/secret"))
            for file in [Transcript.File.events, .headers, .salts] {
                let bytes = Array(try Data(contentsOf: URL(filePath: path + "/" + file.rawValue)))
                files[file] = bytes.split(separator: 10).map { Array($0) }
            }
        }

        /// Writes it with a manifest whose digests fit.
        func write(to path: String, cutting cut: (file: Transcript.File, count: Int)? = nil) throws {
            try? FileManager.default.removeItem(atPath: path)
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            var manifest = manifest
            func put(_ file: Transcript.File, _ bytes: [UInt8]) throws {
                try Data(bytes).write(to: URL(filePath: path + "/" + file.rawValue))
                let index = manifest.files.firstIndex { $0.name == file.rawValue }!
                manifest.files[index].bytes = bytes.count
                manifest.files[index].sha256 = "\(SHA256.digest(of: bytes.span.bytes))"
            }
            for (file, lines) in files {
                var bytes = lines.reduce(into: [UInt8]()) { $0 += $1 + [10] }
                if let cut, cut.file == file { bytes.removeLast(cut.count) }
                try put(file, bytes)
            }
            try put(.secret, Array(secret))
            try Data(try manifest.json).write(to: URL(filePath: path + "/manifest.json"))
        }

        /// The root over the lines as they are now.
        var root: String {
            var hasher = TreeHasher()
            var tree = GrowingTree()
            for line in files[.headers]! { tree.append(hasher.leaf(line.span.bytes), &hasher) }
            return "\(tree.root(&hasher))"
        }
    }

    private func text() async throws -> Text {
        let source = try await RichLog.write(into: scratch.data)
        _ = try TranscriptExport(source, to: scratch.path + "/text").run()
        return try Text(scratch.path + "/text")
    }

    /// Why no folder is made of it; empty where one is.
    private func refusal(_ text: Text, cutting cut: (file: Transcript.File, count: Int)? = nil) throws -> String {
        let (path, target) = (scratch.path + "/altered", scratch.path + "/target")
        try text.write(to: path, cutting: cut)
        defer { try? FileManager.default.removeItem(atPath: target) }
        do {
            let folder = try Transcript(openingAt: path).rebuild(at: target, epoch: 5)
            #expect(try LogVerifier(folder: folder).verify() == [])
            return ""
        } catch {
            #expect(!FileManager.default.fileExists(atPath: target))
            return "\(error)"
        }
    }

    /// A line without one of its members, and with another value in its place.
    private func altered(_ line: [UInt8]) throws -> [(member: String, line: [UInt8])] {
        var tape = JSONTape()
        try tape.scan(line)
        var all: [(String, [UInt8])] = []
        for (name, value) in tape.members(of: tape.root) {
            let (text, range) = (tape.text(of: name)!, tape.writtenRange(of: value))
            let written = Array(line[range])
            var other = written
            let last = other.count - (written.last == UInt8(ascii: "\"") ? 2 : 1)
            switch tape.kind(of: value) {
            case .number: other[last] = other[last] == UInt8(ascii: "1") ? UInt8(ascii: "2") : UInt8(ascii: "1")
            case .string where written.count > 2: other[last] ^= 1
            case .string: other = Array(#""x""#.utf8)
            case .boolean: other = Array((written.first == UInt8(ascii: "t") ? "false" : "true").utf8)
            default: other = Array("[1]".utf8)
            }
            all.append((text, Array(line[..<range.lowerBound]) + other + Array(line[range.upperBound...])))
            let start = tape.writtenRange(of: name).lowerBound
            // The comma is before it, but for the first one.
            let (from, to) =
                line[start - 1] == UInt8(ascii: ",") ? (start - 1, range.upperBound) : (start, range.upperBound + 1)
            all.append((text, Array(line[..<from]) + Array(line[to...])))
        }
        return all
    }

    @Test func `each member of each line that is altered or taken out is noticed, and the line is named`() async throws
    {
        let good = try await text()
        #expect(try refusal(good) == "")
        var count = 0
        for file in [Transcript.File.events, .headers, .salts] {
            for (index, line) in good.files[file]!.enumerated() {
                for (member, line) in try altered(line) {
                    var text = good
                    text.files[file]![index] = line
                    let told = try refusal(text)
                    let isNamed = told.contains("line \(index + 1)") || told.contains("have the root")
                    #expect(isNamed, "\(file) \(index + 1) \(member): \(told)")
                    if file == .events { #expect(!told.contains("root"), "\(member)") }
                    count += 1
                }
            }
        }
        #expect(count > 500)
    }

    @Test func `where one file is not that of the manifest, it is the one that is named`() async throws {
        let good = try await text()
        let path = scratch.path + "/altered"
        for file in [Transcript.File.events, .headers, .salts] {
            for (index, line) in good.files[file]!.enumerated() {
                for (member, line) in try altered(line) {
                    var text = good
                    text.files[file]![index] = line
                    try good.write(to: path)
                    try Data(text.files[file]!.joined(separator: [10]) + [10])
                        .write(to: URL(fileURLWithPath: "\(path)/\(file.rawValue)"))
                    let error = #expect(throws: TranscriptError.self) {
                        _ = try Transcript(openingAt: path).rebuild(at: scratch.path + "/target", epoch: 5)
                    }
                    let told = error?.description ?? ""
                    #expect(told.hasPrefix(file.rawValue) || told.contains("have the root"), "\(member): \(told)")
                }
            }
        }
    }

    @Test func `lines that are dropped, doubled or change places, and files that are cut, are noticed`() async throws {
        let good = try await text()
        for file in [Transcript.File.events, .headers, .salts] {
            let lines = good.files[file]!
            for index in lines.indices {
                var (dropped, doubled) = (good, good)
                dropped.files[file]!.remove(at: index)
                doubled.files[file]!.insert(lines[index], at: index)
                #expect(try refusal(dropped) != "" && refusal(doubled) != "", "\(file) \(index)")
                guard index > 0 else { continue }
                var swapped = good
                swapped.files[file]!.swapAt(index - 1, index)
                #expect(try refusal(swapped) != "", "\(file) \(index)")
            }
            for count in [1, 2, 50, 500] {
                let told = try refusal(good, cutting: (file, count))
                #expect(told.contains(file.rawValue) && told.contains("within the line"), "\(file) \(count): \(told)")
            }
        }
        var shorter = good
        for file in good.files.keys { shorter.files[file]!.removeLast() }
        #expect(try refusal(shorter).contains("headers.ndjson: ends after 14 lines, expected 15"))
    }

    @Test func `any bytes are refused or another log, also under a root that fits`() async throws {
        let good = try await text()
        var random = SeededGenerator(seed: 3)
        var accepted = 0
        for round in 0..<150 {
            var text = good
            for _ in 0..<Int.random(in: 1...2, using: &random) {
                let file = [Transcript.File.events, .headers, .salts].randomElement(using: &random)!
                let index = Int.random(in: 0..<text.files[file]!.count, using: &random)
                var line = text.files[file]![index]
                let at = Int.random(in: 0..<line.count, using: &random)
                switch round % 3 {
                case 0:
                    line[at] = UInt8.random(in: 0...255, using: &random) == 10 ? 0 : line[at] ^ 1 << UInt8(round % 8)
                case 1: line[at] = Array(#"0123456789{}[],":-e"#.utf8).randomElement(using: &random)!
                default: line.removeSubrange(at..<min(line.count, at + Int.random(in: 1...9, using: &random)))
                }
                text.files[file]![index] = line
            }
            text.manifest.root = text.root
            if try refusal(text) == "" { accepted += 1 }
        }
        #expect(accepted > 0 && accepted < 75, "\(accepted)")
    }
}
