import Foundation
import Testing

@testable import WayfoldCLI

struct KeyCommandTests {
    private let scratch = try! Scratch()

    /// The value of a member in a line of JSON.
    private func member(_ name: String, of json: String) -> String? {
        json.firstMatch(of: try! Regex("\"\(name)\":(\"[^\"]*\"|[^,}]*)"))?.output[1].substring.map { text in
            text.trimmingCharacters(in: ["\""])
        }
    }

    @Test func `a key is made, listed and revoked, and its token is shown once`() async throws {
        let dry = await scratch.run("key create --scope query --dry-run")
        #expect(dry.status == .done && member("token", of: dry.output) == "null")
        #expect(!FileManager.default.fileExists(atPath: scratch.data))
        let made = await scratch.run("key create --scope query,ingest --scope audit --expires 2999-12-31 --note shop")
        #expect(made.status == .done)
        let (token, id) = (try #require(member("token", of: made.output)), try #require(member("id", of: made.output)))
        #expect(token.hasPrefix("wf_\(id)_"))
        #expect(member("scopes", of: made.output) == "ingest,query,audit")
        #expect(made.output.contains(#""expires":"2999-12-31T23:59:59.999999Z""#))
        #expect(made.output.contains(#""position":2"#))
        #expect(made.remarks == "wayfold: the token is shown this once; what is kept is a hash of it\n")
        let listed = await scratch.run("key list --format ndjson")
        #expect(listed.output.contains(id) && listed.output.contains(#""note":"shop""#))
        #expect(listed.output.contains(#""valid":true"#) && !listed.output.contains(token))
        let looked = await scratch.run("key revoke --dry-run", id)
        #expect(looked.output.contains(#""position":null,"dry_run":true"#))
        let revoked = await scratch.run("key revoke", id)
        #expect(revoked.output == #"{"id":"\#(id)","revoked_before":false,"position":3,"dry_run":false}"# + "\n")
        let again = await scratch.run("key revoke", id)
        #expect(again.output == #"{"id":"\#(id)","revoked_before":true,"position":null,"dry_run":false}"# + "\n")
        #expect(await scratch.run("key list --format csv").output.contains(",false,shop"))
        let unknown = await scratch.run("key revoke aaaaaaaaaaaa")
        #expect(unknown.status == .failed && unknown.remarks.contains("there is no key aaaaaaaaaaaa"))
    }
}
