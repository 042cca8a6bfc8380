import Wayfold

/// How whoever holds a report verifies it, by our program and by others.
enum VerifySection {
    /// - Parameters:
    ///   - example: a position that has a receipt; nil: none has.
    ///   - again: commands that make the report's figures again, each with what it does.
    static func html(
        _ standing: AuditStanding, example: String?, _ again: [(what: String, command: String)]
    ) -> HTML {
        HTML.tag("section") {
            HTML.tag("h2") { "How to verify this" }
            if let key = standing.key, standing.checkpoint != nil {
                if let example {
                    step(
                        "An event, without the log: save its receipt as \(example).tlog-proof.",
                        "wayfold verify --proof \(example).tlog-proof --key \(key)")
                }
                step(
                    "The whole log, where it lies: save the signed checkpoint as log.checkpoint.",
                    "wayfold verify --checkpoint log.checkpoint --key \(key)")
            }
            for (what, command) in again { step(what, command) }
            step("Every view against the slow fold of every customer:", "wayfold verify --deep")
            if let example, let key = standing.key {
                HTML.paragraph(
                    "Without our program: receipts are C2SP tlog-proof (c2sp.org/tlog-proof), checkpoints are C2SP "
                        + "tlog-checkpoint and signed-note with Ed25519, the tree is that of RFC 9162, section 2.1. Go's own "
                        + "modules read them; save this as main.go:")
                HTML.verbatim(GoVerifier.program)
                HTML.verbatim(
                    "go mod init verify && go get golang.org/x/mod@latest\ngo run . \(key) \(example).tlog-proof")
            }
        }
    }

    private static func step(_ what: String, _ command: String) -> HTML {
        HTML.paragraph(what) + HTML.verbatim(command)
    }
}

/// Words of a command as a shell reads them.
enum ShellText {
    static func quoted(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "_-.:/@%+=,".utf8.contains(byte)
            }
        }
        return isPlain && !word.isEmpty
            ? word
            : "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
    }
}
