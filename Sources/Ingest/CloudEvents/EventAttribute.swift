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

    /// The names of all, each at the place of its number less one.
    static let names = JSONNames(allCases.map(\.name))
}
