import Glibc

/// Small text files that a command is given.
enum FileText {
    /// The longest that is read.
    static let maxByteCount = 16 << 20

    /// The text of a file; throws ``Failure`` that names it.
    static func read(_ path: String) throws -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure("cannot open \(path): \(String(cString: strerror(errno)))") }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            guard count >= 0 else { throw Failure("cannot read \(path): \(String(cString: strerror(errno)))") }
            if count == 0 { break }
            bytes += chunk[..<count]
            guard bytes.count <= maxByteCount else { throw Failure("\(path) is longer than \(maxByteCount) bytes") }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Failure("\(path) is not UTF-8") }
        return text
    }
}
