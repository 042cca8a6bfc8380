import Foundation
import HTTPTypes
import Touchpoints
import Wayfold

/// CloudEvents' binary mode (HTTP binding 1.0, section 3.1) as the structured mode that everything is read from.
enum BinaryEvent {
    /// - Throws: ``Problem`` where the data says that it is JSON, and is not.
    static func structured(_ fields: HTTPFields, data: [UInt8], type: String?) throws(Problem) -> [UInt8] {
        var members: [String] = []
        for field in fields where field.name.canonicalName.hasPrefix("ce-") {
            let name = String(field.name.canonicalName.dropFirst(3))
            // The data are the body (3.1.2), and no attribute may bear their name.
            guard !["data", "data_base64"].contains(name) else {
                throw Problem(.badRequest, "the header \(field.name) is no attribute: the data are the body")
            }
            // Values are percent-encoded (3.1.3.2); of those who do not know that, a percent sign is one.
            let value = QueryParameters.decoded(field.value, plusIsSpace: false) ?? field.value
            members.append(member(name, JSONString.quoted(value)))
        }
        if let type { members.append(member("datacontenttype", JSONString.quoted(type))) }
        var bytes = Array(("{" + members.joined(separator: ",")).utf8)
        if !data.isEmpty { try append(data, type, to: &bytes) }
        return bytes + [UInt8(ascii: "}")]
    }

    private static func append(_ data: [UInt8], _ type: String?, to bytes: inout [UInt8]) throws(Problem) {
        if isJSON(MediaType.name(type ?? "application/json")) {
            // Held against the grammar by itself first: else it could end the data and go on as attributes.
            var tape = JSONTape()
            do { try tape.scan(data) } catch { throw Problem(.badRequest, "the data is no JSON: \(error)") }
            bytes += Array(",\"data\":".utf8) + data
        } else {
            bytes +=
                Array(",\"data_base64\":\"".utf8) + Array(Data(data).base64EncodedString().utf8) + [UInt8(ascii: "\"")]
        }
    }

    private static func member(_ name: String, _ value: String) -> String { JSONString.quoted(name) + ":" + value }

    private static func isJSON(_ type: String) -> Bool { type == "application/json" || type.hasSuffix("+json") }
}
