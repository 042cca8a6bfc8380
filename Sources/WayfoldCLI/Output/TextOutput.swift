/// Text on its way out, handed on in pieces of 64 KiB.
final class TextOutput {
    private static let pieceByteCount = 65_536

    private var bytes: [UInt8] = []
    private let drain: ([UInt8]) throws -> Void

    init(to drain: @escaping ([UInt8]) throws -> Void) { self.drain = drain }

    /// The answer of the command that runs.
    convenience init() { self.init(to: Console.current.output) }

    func write(_ text: String) throws {
        bytes += text.utf8
        if bytes.count >= Self.pieceByteCount { try flush() }
    }

    func writeLine(_ text: String) throws { try write(text + "\n") }

    /// Hands on what waits.
    func flush() throws {
        guard !bytes.isEmpty else { return }
        try drain(bytes)
        bytes.removeAll(keepingCapacity: true)
    }
}
