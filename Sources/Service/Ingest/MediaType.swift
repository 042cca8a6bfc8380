import HTTPTypes

/// What the body of a request holds.
enum BodyKind: Equatable {
    /// One event in CloudEvents' structured mode.
    case event
    /// An array of them.
    case batch
    /// One or the other, as the body begins.
    case json
    /// An event a line.
    case lines
    /// CloudEvents' binary mode: the attributes are headers, the body is the data, of that type.
    case data(type: String?)
}

extension BodyKind {
    /// By the CloudEvents HTTP binding 1.0; `application/json` holds one event or an array of them.
    ///
    /// - Throws: ``Problem`` (415; 400 for another version).
    init(_ fields: HTTPFields) throws(Problem) {
        let type = fields[.contentType]
        // Also beside the structured mode, where attributes among the headers may only repeat what the event says (3.2.2).
        if let version = fields[.cloudEventsVersion], version != "1.0" {
            throw Problem(.badRequest, "the header ce-specversion is \(version), expected 1.0")
        }
        switch MediaType.name(type ?? "") {
        case "application/cloudevents+json": self = .event
        case "application/cloudevents-batch+json": self = .batch
        // The mode is told by the type; only where that is none of these by the attributes among the headers (3).
        case _ where fields[.cloudEventsVersion] != nil: self = .data(type: type)
        case "application/json": self = .json
        case "application/x-ndjson", "application/ndjson", "application/jsonl": self = .lines
        case let other:
            throw Problem(
                .unsupportedMediaType,
                (other.isEmpty ? "there is no Content-Type" : "the Content-Type \(other) is not taken")
                    + ": expected application/cloudevents+json, application/cloudevents-batch+json, "
                    + "application/json, application/x-ndjson, or CloudEvents' binary mode")
        }
    }
}

enum MediaType {
    /// `type/subtype` in lower case, without parameters.
    static func name(_ text: String) -> String {
        var name = text.utf8.prefix { $0 != UInt8(ascii: ";") }.drop { $0 == UInt8(ascii: " ") }
        while name.last == UInt8(ascii: " ") { name.removeLast() }
        return Substring(name).lowercased()
    }
}

extension HTTPField.Name {
    static let cloudEventsVersion = Self("ce-specversion")!
}
