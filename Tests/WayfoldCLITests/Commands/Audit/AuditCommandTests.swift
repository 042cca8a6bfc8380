import EventLog
import Foundation
import Testing
import Transparency
import Wayfold

@testable import WayfoldCLI

struct AuditCommandTests {
    private let scratch = try! Scratch()

    private func importVisits(_ count: Int, source: String = "shop") async throws {
        try await scratch.import(
            (0..<count).map { ("member:\($0 % 3)", "page.viewed", #","data":{"url":"https://shop.example/\#($0)"}"#) },
            source: source)
    }

    /// The key by which others verify, of a log with some events.
    private func start() async throws -> String {
        try await importVisits(5)
        let made = await scratch.run("checkpoint --init --origin shop.example/log")
        #expect(made.status == .done)
        return made.output.trimmingCharacters(in: ["\n"])
    }

    @Test func `a checkpoint is signed once for each size, by a key that is made once`() async throws {
        try await importVisits(2)
        let early = await scratch.run("checkpoint")
        #expect(early.status == .failed && early.remarks.contains("wayfold checkpoint --init makes one"))
        let key = try #require(NoteKey(try await start()))
        #expect(key.name == "shop.example/log")
        #expect(await scratch.run("checkpoint --init").remarks.contains("there is a key already"))
        #expect(await scratch.run("checkpoint --key").output == "\(key)\n")
        let mode = try FileManager.default.attributesOfItem(atPath: scratch.data + "/signing.key")[.posixPermissions]
        #expect(mode as? Int == 0o600)
        let first = await scratch.run("checkpoint")
        let checkpoint = try #require(SignedCheckpoint(first.output))
        #expect(checkpoint.isSigned(by: key))
        #expect(checkpoint.head.size == 6)
        #expect(await scratch.run("checkpoint").output == first.output)
        try await importVisits(3, source: "till")
        let second = try #require(SignedCheckpoint(await scratch.run("checkpoint").output))
        #expect(second.head.size == 9)
        let folder = try DataFolder(openingAt: scratch.data)
        #expect(try CheckpointFile.checkpoints(of: folder) == [checkpoint, second])
    }

    @Test func `a receipt is verified without the log, and another one is refused`() async throws {
        let key = try await start()
        #expect(await scratch.run("prove shop-1").remarks.contains("no signed checkpoint holds position 3 yet"))
        _ = await scratch.run("checkpoint")
        let receipt = await scratch.run("prove shop-1")
        #expect(receipt.status == .done)
        #expect(await scratch.run("prove --position 3").output == receipt.output)
        #expect(await scratch.run("prove shop-1 --source till").remarks.contains("has no event with the id shop-1"))
        let file = try scratch.file("a.tlog-proof", receipt.output)
        let good = await Recorder.run(["verify", "--proof", file, "--key", key])
        #expect(good.status == .done)
        #expect(good.output.contains(#""position":3,"event":{"position":3,"#))
        #expect(good.output.contains(#""id":null"#) && !receipt.output.contains("shop-1"))
        let open = try scratch.file("b.tlog-proof", await scratch.run("prove shop-1 --personal").output)
        #expect(await Recorder.run(["verify", "--proof", open, "--key", key]).output.contains(#""id":"shop-1""#))
        let other = try scratch.file("c.tlog-proof", receipt.output.replacing("index 2", with: "index 1"))
        let bad = await Recorder.run(["verify", "--proof", other, "--key", key])
        #expect(bad.status == .difference && bad.output.isEmpty)
        #expect(bad.remarks.contains("the entry is not at index 1"))
        #expect(await Recorder.run(["verify", "--proof", file, "--key", key.dropLast() + "A"]).status == .wrongUsage)
    }

    @Test func `a personal part that is not the event's is refused`() async throws {
        let key = try await start()
        _ = await scratch.run("checkpoint")
        let receipt = try #require(Receipt(await scratch.run("prove shop-1 --personal").output))
        let other = try #require(Receipt(await scratch.run("prove shop-2 --personal").output))
        let mixed = Receipt(
            extra: receipt.entry + other.extra.dropFirst(other.entry.count), index: receipt.index, proof: receipt.proof,
            checkpoint: receipt.checkpoint)
        let file = try scratch.file("a.tlog-proof", mixed.description)
        let answer = await Recorder.run(["verify", "--proof", file, "--key", key])
        #expect(answer.status == .difference)
        #expect(answer.remarks.contains("is not what the event's personal is the hash of"))
    }

    @Test func `that the log has only grown is proved from one checkpoint to the next`() async throws {
        let key = try await start()
        let old = try scratch.file("old", await scratch.run("checkpoint").output)
        try await importVisits(4, source: "till")
        let new = await scratch.run("checkpoint").output
        let proof = await scratch.run("prove --from 6")
        #expect(proof.status == .done && proof.output.hasSuffix(new))
        let file = try scratch.file("proof", proof.output)
        let good = await Recorder.run(["verify", "--proof", file, "--checkpoint", old, "--key", key])
        #expect(good.output.contains(#""from":6,"to":10"#))
        let newer = try scratch.file("new", new)
        let bad = await Recorder.run(["verify", "--proof", file, "--checkpoint", newer, "--key", key])
        #expect(bad.status == .difference && bad.remarks.contains("goes on from 6 events"))
        #expect(await scratch.run("prove --from 6 --to 7").remarks.contains("no checkpoint of 7 events was signed"))
        #expect(await scratch.run("verify --checkpoint", old).status == .done)
    }

    @Test func `a log that is not the one that was signed is signed no more`() async throws {
        let key = try await start()
        let kept = try scratch.file("kept", await scratch.run("checkpoint").output)
        let signingKey = try Data(contentsOf: URL(filePath: scratch.data + "/signing.key"))
        let signed = try Data(contentsOf: URL(filePath: scratch.data + "/checkpoints/signed"))
        // Another log takes the place of this one, with all that was derived from it.
        try FileManager.default.removeItem(atPath: scratch.data)
        try await importVisits(7, source: "other")
        try signingKey.write(to: URL(filePath: scratch.data + "/signing.key"))
        let found = await scratch.run("verify --checkpoint", kept)
        #expect(found.status == .difference)
        #expect(found.output.contains("the log is not what was signed: some event from here to 6 is another one"))
        try FileManager.default.createDirectory(
            atPath: scratch.data + "/checkpoints", withIntermediateDirectories: true)
        try signed.write(to: URL(filePath: scratch.data + "/checkpoints/signed"))
        #expect(await scratch.run("verify").status == .difference)
        let refused = await scratch.run("checkpoint")
        #expect(refused.status == .failed && refused.output.isEmpty)
        #expect(refused.remarks.contains("its first 6 events are not those that were signed"))
        #expect(await scratch.run("prove --position 2").remarks.contains("the log was altered"))
        #expect(await scratch.run("prove --from 1").remarks.contains("the log was altered"))
        #expect(!key.isEmpty)
    }

    @Test func `a backup is restored where it is the log that was signed`() async throws {
        let key = try await start()
        let old = try scratch.file("old", await scratch.run("checkpoint").output)
        let (backup, again) = (scratch.path + "/backup", scratch.path + "/again")
        #expect(await scratch.run("backup", backup).status == .done)
        try await importVisits(4, source: "till")
        let new = try scratch.file("new", await scratch.run("checkpoint").output)
        func restore(_ checkpoints: String...) async -> (status: ProgramStatus, output: String, remarks: String) {
            let options = checkpoints.flatMap { ["--checkpoint", $0] }
            return await Recorder.run(["restore", backup, "--data", again, "--key", key] + options)
        }
        let early = await restore(old, new)
        #expect(early.status == .failed && early.remarks.contains("ends at 6, and 10 events were signed"))
        #expect(try await restore(scratch.file("none", "no checkpoint")).remarks.contains("is no signed checkpoint"))
        #expect(await Recorder.run(["restore", backup, "--checkpoint", old]).status == .wrongUsage)
        let done = await restore(old)
        #expect(done.status == .done && done.output.contains(#""resend_from":7"#))
        #expect(
            await Recorder.run(["checkpoint", "--data", again]).remarks.contains("the folder has no key to sign with"))
    }

    @Test func `tiles are written as files, and those that are whole are left alone`() async throws {
        _ = try await start()
        let tiles = scratch.path + "/tiles"
        let checkpoint = await scratch.run("checkpoint --tiles", tiles)
        #expect(checkpoint.status == .done)
        func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: tiles + "/" + name))) }
        #expect(try bytes("checkpoint") == Array(checkpoint.output.utf8))
        let hashes = try bytes("tile/0/000.p/6")
        var entries = try bytes("tile/entries/000.p/6")[...]
        var hasher = TreeHasher()
        for index in 0..<6 {
            let length = Int(entries.removeFirst()) << 8 | Int(entries.removeFirst())
            let hash = hasher.leaf(Array(entries.prefix(length)))
            #expect(hash.bytes == Array(hashes[32 * index..<32 * index + 32]))
            entries.removeFirst(length)
        }
        #expect(entries.isEmpty)
        try await importVisits(300, source: "till")
        _ = await scratch.run("checkpoint --tiles", tiles)
        try Data("kept".utf8).write(to: URL(filePath: tiles + "/tile/0/000"))
        _ = await scratch.run("checkpoint --tiles", tiles)
        #expect(try bytes("tile/0/000") == Array("kept".utf8))
        #expect(try bytes("tile/0/001.p/50").count == 50 * 32)
        #expect(try bytes("tile/1/000.p/1").count == 32)
    }

    @Test(arguments: [
        "prove", "prove a --position 1", "prove --to 3", "prove a --to 3", "prove --position 1 --source shop",
        "prove --from 1 --personal", "checkpoint --origin a", "checkpoint --init --key", "checkpoint --init --tiles x",
        "verify --key a", "verify --proof a --deep",
    ]) func `what does not go together is refused`(command: String) async {
        #expect(await scratch.run(command).status == .wrongUsage)
    }

    @Test func `a report about a customer, and one about a time, are files`() async throws {
        let key = try await start()
        _ = await scratch.run("checkpoint")
        try await importVisits(3, source: "till")
        let file = scratch.path + "/report.html"
        let (status, output, _) = await scratch.run("audit member:1", "--out", file)
        #expect(status == .done)
        #expect(output.contains(#""position":9,"events":3,"not_proved":1"#))
        let page = try String(contentsOfFile: file, encoding: .utf8)
        #expect(page.contains("Audit report: member:1") && page.contains(key) && page.contains("visits: 2 → 3"))
        #expect(await scratch.run("audit --since 6", "--out", file).output.contains(#""events":0,"not_proved":0"#))
        #expect(try String(contentsOfFile: file, encoding: .utf8).contains("<p>3 records.</p>"))
        #expect(await scratch.run("audit --since 0", "--out", file).output.contains(#""events":1,"not_proved":0"#))
        #expect(try String(contentsOfFile: file, encoding: .utf8).contains("the same as the default policy"))
        #expect(await scratch.run("audit member:1", "--out", "/nowhere/at-all/x.html").status == .failed)
        #expect(await scratch.run("audit member:9", "--out", file).status == .wrongUsage)
    }

    @Test func `an explanation comes with receipts of its events, and names those that have none yet`() async throws {
        let key = try await start()
        _ = await scratch.run("checkpoint")
        try await importVisits(3, source: "till")
        let folder = scratch.path + "/receipts"
        let (status, _, remarks) = await scratch.run("explain visits member:1 --format csv --proof", folder)
        #expect(status == .done)
        #expect(remarks.contains("2 receipts in \(folder)"))
        #expect(remarks.contains("behind the last signed checkpoint of 6 events (wayfold checkpoint): positions 8"))
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["3.tlog-proof", "6.tlog-proof"])
        let check = await Recorder.run(["verify", "--proof", folder + "/6.tlog-proof", "--key", key])
        #expect(check.status == .done && check.output.contains(#""position":6"#))
    }

    @Test
    func `a report about a time says who has changed what, what is said otherwise, and that the log has only grown`()
        async throws
    {
        _ = try await start()
        _ = await scratch.run("checkpoint")
        let policy = try scratch.file("policy.yaml", "loyalty:\n  earn:\n    pointsPerUnit: 3\n")
        _ = await scratch.run("policy activate --yes", policy)
        _ = await scratch.run("key create --scope query --note", "the <auditor>")
        #expect(await scratch.run("merge member:1 member:2").status == .done)
        #expect(await scratch.run("void --where", "id=shop-1").status == .done)
        _ = await scratch.run("checkpoint")
        let file = scratch.path + "/report.html"
        let made = await scratch.run("audit --since 6", "--out", file)
        #expect(made.output.contains(#""position":10,"events":4,"not_proved":0"#), "\(made)")
        let page = try String(contentsOfFile: file, encoding: .utf8)
        #expect(page.contains("<div>loyalty.earn.pointsPerUnit: 1 → 3</div>"))
        #expect(page.contains("admin.key.created") && page.contains("the &lt;auditor&gt;"))
        #expect(page.contains("<td>merged</td><td><div>member:1</div>\n<div>member:2</div>"))
        #expect(page.contains("<td>voids 3</td>"))
        #expect(page.contains("<td>member:2</td><td>visits</td><td>1</td><td>–</td>"))
        #expect(page.contains("The log of 10 events begins with the 6 that were signed before this time"))
        let proof = try #require(page.firstMatch(of: /<pre>([^<]*)<\/pre><pre>(old 6\n[^<]*)<\/pre>/)?.output)
        let before = try scratch.file("before.checkpoint", String(proof.1))
        let grown = try scratch.file("grown.proof", String(proof.2))
        let check = await scratch.run("verify --proof", grown, "--checkpoint", before)
        #expect(check.status == .done && check.output.contains("the log has only grown"), "\(check)")
        // Of a customer whose record was voided, the record that voids it is shown, too.
        #expect(await scratch.run("audit member:1", "--out", file).status == .done)
        let customer = try String(contentsOfFile: file, encoding: .utf8)
        #expect(customer.contains("<td>voided by 10</td><td><div>would have counted for visits</div>"))
        #expect(customer.contains("<div>Position 10</div>"))
    }
}
