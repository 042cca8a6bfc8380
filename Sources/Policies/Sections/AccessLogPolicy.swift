/// How lines of a web server's log become events.
public struct AccessLogPolicy: Equatable, Sendable {
    public var source: String
    /// The channel of people's requests, and of those by programs.
    public var channel: String
    public var botChannel: String
    /// The kinds of alias that a cookie is a value of, and what stands for address and agent together.
    public var cookieKind: String
    public var deviceKind: String
    /// What stands behind the agent, in its order; a line may end earlier.
    public var fields: [Field]
    /// How paths of requests end that ask for a part of a page, without the point and in small letters.
    public var assetEndings: [String]
    /// Pieces of what programs say of themselves, in small letters.
    public var botAgents: [String]

    /// A field behind those of the combined format.
    public enum Field: String, CaseIterable, Sendable {
        /// How long the answer took: seconds where there is a point in it, else microseconds.
        case duration
        /// What tells one visitor from another.
        case cookie
        case ignored
    }
}
