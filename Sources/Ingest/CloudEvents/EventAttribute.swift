import Touchpoints

/// The members of a CloudEvents JSON object that we know. The numbers are part of the content hash and never change.
enum EventAttribute: UInt8, CaseIterable {
    case specversion = 1
    case id, source, type, subject, time, datacontenttype, dataschema
    case channel, sessionid, sequence, campaign, caseid, orderid, about, actor
    case data
    case dataBase64

    var name: String { self == .dataBase64 ? "data_base64" : "\(self)" }

    /// How many bytes of text it may have.
    var limit: Int {
        switch self {
        case .type, .source, .channel: 255
        default: 1024
        }
    }

    /// The known attribute of a member's name, nil for an extension that we do not know.
    static func named(_ name: JSONNode, of tape: JSONTape) -> EventAttribute? {
        let length = tape.writtenRange(of: name).count - 2
        guard length < byLength.count else { return nil }
        return byLength[length].first { tape.isText(name, $0.name) }?.attribute
    }

    private static let byLength: [[(name: String, attribute: EventAttribute)]] = {
        let longest = allCases.map(\.name.utf8.count).max()!
        return (0...longest).map { length in
            allCases.filter { $0.name.utf8.count == length }.map { ($0.name, $0) }
        }
    }()
}
