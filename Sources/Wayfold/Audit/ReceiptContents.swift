import Digests
import Touchpoints
import Transparency

/// What lies in a receipt beside the proof: the event's leaf, and below it, a line each, what the leaf holds only the hash of.
///
/// ```text
/// {"position":7,...,"personal":"b94d27b9..."}
/// personal <base64 of the salt and the personal part>
/// data <the data as JSON, where the leaf has only dataSHA256>
/// ```
public struct ReceiptContents {
    /// One JSON object on one line.
    public let leaf: [UInt8]
    /// 16 bytes of salt, then the personal part.
    public var personal: [UInt8]?
    /// The clear data as JSON, where the leaf has only its hash.
    public var data: [UInt8]?

    init(leaf: [UInt8]) { self.leaf = leaf }

    var bytes: [UInt8] {
        var bytes = leaf
        if let personal { bytes += Array("\npersonal \(Base64.text(of: personal))".utf8) }
        if let data { bytes += Array("\ndata ".utf8) + data }
        return bytes
    }

    /// Reads what a receipt holds, and holds each line against its hash in the leaf; the leaf itself is for the proof to hold.
    ///
    /// - Throws: ``AuditError`` that says what does not fit.
    public init(_ extra: [UInt8]) throws {
        let lines = extra.split(separator: 0x0A, omittingEmptySubsequences: false)
        leaf = lines.first.map { Array($0) } ?? []
        for line in lines.dropFirst() {
            if line.starts(with: "personal ".utf8), personal == nil,
                let bytes = Base64.bytes(of: String(decoding: line.dropFirst(9), as: UTF8.self))
            {
                try Self.check(bytes, against: "personal", in: leaf)
                personal = bytes
            } else if line.starts(with: "data ".utf8), data == nil {
                try Self.check(Array(line.dropFirst(5)), against: "dataSHA256", in: leaf)
                data = Array(line.dropFirst(5))
            } else {
                throw AuditError("the receipt holds a line that is not known")
            }
        }
    }

    private static func check(_ bytes: [UInt8], against member: String, in leaf: [UInt8]) throws {
        guard text(member, of: leaf) == "\(SHA256.digest(of: bytes))" else {
            throw AuditError("what the receipt shows is not what the event's \(member) is the hash of")
        }
    }

    /// A member of a leaf that is a text.
    static func text(_ name: String, of leaf: [UInt8]) -> String? {
        var tape = JSONTape()
        guard (try? tape.scan(leaf)) != nil else { return nil }
        return tape.member(name, of: tape.root).flatMap { tape.text(of: $0) }
    }

    /// The personal part as the event had it; nil where the receipt does not show it.
    public var personalPart: PersonalPart? {
        personal.map { PersonalPart(bytes: Array($0.dropFirst(16)).span.bytes) }
    }
}
