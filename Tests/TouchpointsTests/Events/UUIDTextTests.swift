import Foundation
import Testing

@testable import Touchpoints

struct UUIDTextTests {
    private static func id(_ text: String) -> (part: [UInt8], id: String) {
        var texts = ByteBuffer()
        texts.append("before".utf8)
        texts.append(text.utf8)
        var part = ByteBuffer()
        PersonalPart.append(id: 6..<texts.count, of: texts, to: &part)
        let bytes = part.copied
        return (bytes, PersonalPart(bytes: bytes.span.bytes).id)
    }

    @Test func `a UUID in its usual spelling takes 16 bytes and is read as it came`() {
        for _ in 0..<1_000 {
            let uuid = UUID()
            let text = uuid.uuidString.lowercased()
            let (part, id) = Self.id(text)
            #expect(id == text)
            #expect(part == [5, 16] + withUnsafeBytes(of: uuid.uuid) { Array($0) })
        }
    }

    @Test func `any other text of that length stays text`() {
        let text = Array("71bb54d8-d101-45b9-834d-0bff90150280".utf8)
        for place in text.indices {
            for byte in UInt8(0x20)..<0x7F where byte != text[place] {
                let isDigit = Character(UnicodeScalar(byte)).isHexDigit && !Character(UnicodeScalar(byte)).isUppercase
                if isDigit && text[place] != UInt8(ascii: "-") { continue }
                var other = text
                other[place] = byte
                let (part, id) = Self.id(String(decoding: other, as: UTF8.self))
                #expect(part == [1, 36] + other)
                #expect(id == String(decoding: other, as: UTF8.self))
            }
        }
    }

    @Test func `a subject stands behind an id of either kind`() {
        for text in ["e1", "71bb54d8-d101-45b9-834d-0bff90150280"] {
            var part = Self.id(text).part
            PersonalPart.insert(subject: Array("a:b".utf8), into: &part)
            let read = PersonalPart(bytes: part.span.bytes)
            #expect((read.id, read.subject) == (text, "a:b"))
            #expect(part.last == UInt8(ascii: "b"))
        }
    }
}
