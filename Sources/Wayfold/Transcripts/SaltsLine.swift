import Digests
import EventLog
import Touchpoints

/// A line of `salts.ndjson`: what it takes to seal an event's personal part and aliases with the hashes that its leaf has.
///
/// ```text
/// {"position":7,"salt":"9f02...","subject":true,"pieces":["/email"],"aliases":[{"salt":"77c1...","value":"ann@example.org"}]}
/// ```
struct SaltsLine {
    var position: UInt64
    var salt: [UInt8]
    /// The personal part holds the subject as it was sent: it is not the alias.
    var hasSubject: Bool
    /// Where the personal pieces of the data stand, in the order of the personal part.
    var pieces: [JSONPointer]
    /// Of the strands that the event brings.
    var aliases: [SealedEvent.Alias]

    init(_ position: Position, _ event: SealedEvent, _ personal: PersonalPart) {
        self.position = position.rawValue
        salt = event.salt
        hasSubject = personal.subject != nil
        pieces = personal.properties.map(\.pointer)
        aliases = event.aliases
    }

    /// Members that say nothing are left out.
    var json: [UInt8] {
        var line = ByteBuffer()
        line.append("{\"position\":\(position),\"salt\":\"\(Hexadecimal.text(of: salt))\"".utf8)
        if hasSubject { line.append(",\"subject\":true".utf8) }
        for (index, piece) in pieces.enumerated() {
            line.append((index == 0 ? ",\"pieces\":[" : ",").utf8)
            line.append(string: Array(piece.text.utf8).span.bytes)
        }
        if !pieces.isEmpty { line.append(UInt8(ascii: "]")) }
        for (index, alias) in aliases.enumerated() {
            line.append((index == 0 ? ",\"aliases\":[" : ",").utf8)
            line.append("{\"salt\":\"\(Hexadecimal.text(of: alias.salt))\",\"value\":".utf8)
            line.append(string: alias.value.span.bytes)
            line.append(UInt8(ascii: "}"))
        }
        if !aliases.isEmpty { line.append(UInt8(ascii: "]")) }
        line.append(UInt8(ascii: "}"))
        return line.copied
    }
}

extension SaltsLine {
    /// Reads a line; takes any bytes.
    init(_ line: [UInt8]) throws(Refusal) {
        var tape = JSONTape()
        do { try tape.scan(line) } catch { throw Refusal(field: "", reason: "expected a JSON object: \(error)") }
        guard let position = tape.member("position", of: tape.root).flatMap({ tape.integer(of: $0) }),
            let number = UInt64(exactly: position)
        else { throw Refusal(field: "position", reason: "expected a whole number") }
        self.position = number
        salt = try Self.salt(of: tape.root, in: tape)
        hasSubject = tape.member("subject", of: tape.root).flatMap { tape.flag(of: $0) } ?? false
        pieces = []
        if let list = tape.member("pieces", of: tape.root) {
            for element in tape.elements(of: list) {
                guard let pointer = tape.text(of: element).flatMap(JSONPointer.init) else {
                    throw Refusal(field: "pieces", reason: "expected JSON pointers")
                }
                pieces.append(pointer)
            }
        }
        aliases = []
        if let list = tape.member("aliases", of: tape.root) {
            for element in tape.elements(of: list) {
                guard let value = tape.member("value", of: element), tape.kind(of: value) == .string else {
                    throw Refusal(field: "aliases", reason: "expected objects with salt and value")
                }
                aliases.append(
                    SealedEvent.Alias(salt: try Self.salt(of: element, in: tape), value: tape.utf8(of: value)))
            }
        }
    }

    private static func salt(of object: JSONNode, in tape: JSONTape) throws(Refusal) -> [UInt8] {
        guard let text = tape.member("salt", of: object).flatMap({ tape.text(of: $0) }),
            let salt = Hexadecimal.bytes(of: text), salt.count == SealedEvent.saltByteCount
        else { throw Refusal(field: "salt", reason: "expected \(2 * SealedEvent.saltByteCount) hexadecimal digits") }
        return salt
    }
}
