/// Text on its way out, handed on in pieces of about 64 KiB.
public final class TextOutput {
    private static let pieceByteCount = 65_536

    private var bytes: [UInt8] = []
    private let drain: ([UInt8]) throws -> Void

    /// - Parameter drain: takes each piece; what it throws, the writing call throws.
    public init(to drain: @escaping ([UInt8]) throws -> Void) { self.drain = drain }

    public func write(_ text: String) throws { try write { $0 += text.utf8 } }

    public func writeLine(_ text: String) throws { try write(text + "\n") }

    /// Lets `body` append bytes to what waits.
    public func write(_ body: (inout [UInt8]) -> Void) throws {
        body(&bytes)
        if bytes.count >= Self.pieceByteCount { try flush() }
    }

    /// Hands on what waits.
    public func flush() throws {
        guard !bytes.isEmpty else { return }
        try drain(bytes)
        bytes.removeAll(keepingCapacity: true)
    }
}
