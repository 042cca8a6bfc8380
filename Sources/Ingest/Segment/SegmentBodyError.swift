public import Touchpoints

/// Why nothing of a request can be read. None of these goes away when the request is sent again.
public enum SegmentBodyError: Error, Equatable, Sendable {
    /// The body has more bytes than it may.
    case tooLong(limit: Int)
    /// A batch has more messages than it may.
    case tooManyMessages(limit: Int)
    /// The body, or what of a batch stands around its messages, is no JSON that we accept.
    case notJSON(JSONError)
    /// A batch that is no object with an array `batch`.
    case batchMissing
}

extension SegmentBodyError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .tooLong(let limit): "the body is longer than \(limit) bytes"
        case .tooManyMessages(let limit): "the batch has more than \(limit) messages"
        case .notJSON(let error): "\(error)"
        case .batchMissing: "expected an object with an array \"batch\""
        }
    }
}
