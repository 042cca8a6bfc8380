extension Span<UInt8> {
    /// Whether the text begins with another one.
    func starts(with prefix: StaticString) -> Bool {
        guard count >= prefix.utf8CodeUnitCount else { return false }
        for i in 0..<prefix.utf8CodeUnitCount where unsafe prefix.utf8Start[i] != self[i] { return false }
        return true
    }

    /// Whether the text begins with another one.
    func starts(with prefix: [UInt8]) -> Bool {
        guard count >= prefix.count else { return false }
        for i in prefix.indices where prefix[i] != self[i] { return false }
        return true
    }
}
