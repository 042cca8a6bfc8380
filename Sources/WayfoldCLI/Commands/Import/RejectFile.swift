import Glibc
import Wayfold

/// The file of `import --reject`: a JSON object a line.
final class RejectFile {
    private let descriptor: Int32
    private let output: TextOutput

    /// Makes the file, or empties it.
    init(_ path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure("cannot make \(path): \(String(cString: strerror(errno)))") }
        self.descriptor = descriptor
        output = TextOutput { try FileText.write($0, to: descriptor) }
    }

    deinit { close(descriptor) }

    func write(_ entry: RejectedEntry) throws { try output.writeLine(entry.report.json) }
    func flush() throws { try output.flush() }
}
