/// What a customer is called by one side: a kind (`member`, `email`, `cookie` ...) and a value.
public struct Alias: Hashable, Sendable {
    public var kind: String
    public var value: String

    public init(kind: String, value: String) {
        self.kind = kind
        self.value = value
    }
}

extension Alias: CustomStringConvertible {
    /// `kind:value`.
    public var description: String { "\(kind):\(value)" }
}
