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

    /// The attribute of each name that a tape knows, by the name's number; 0 where it is of none.
    static let byName: [UInt8] = {
        var attributes = [UInt8](repeating: 0, count: KnownNames.count + 1)
        for attribute in allCases {
            let number = Int(KnownNames.number(of: attribute.name))
            precondition(number > 0, "\(attribute) is not among the known names")
            attributes[number] = attribute.rawValue
        }
        return attributes
    }()
}
