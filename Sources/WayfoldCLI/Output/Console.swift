import Glibc

/// Where a command writes and what it knows of its surroundings; tests put another one in its place.
struct Console: Sendable {
    /// Takes bytes of the answer; throws ``BrokenPipe`` when nobody reads any more.
    var output: @Sendable ([UInt8]) throws -> Void
    /// Takes text for people: errors, progress, remarks.
    var remarks: @Sendable (String) -> Void
    /// Whether a person looks at the answer.
    var isOutputTerminal: Bool
    var areRemarksOnTerminal: Bool
    /// The columns of the terminal that the answer is shown on; nil where lines may be of any length.
    var width: Int?
    var environment: @Sendable (String) -> String?

    @TaskLocal static var current = Console.standard

    /// Writes one line for people.
    func remark(_ line: String) { remarks(line + "\n") }
}

/// The reader of standard output has gone (`| head`): no error, but no reason to go on.
struct BrokenPipe: Error {}

extension Console {
    /// Standard output and standard error.
    static let standard = Console(
        output: { try FileText.write($0, to: STDOUT_FILENO) },
        // A remark that cannot be written cannot be reported either.
        remarks: { try? FileText.write(Array($0.utf8), to: STDERR_FILENO) },
        isOutputTerminal: isatty(STDOUT_FILENO) == 1, areRemarksOnTerminal: isatty(STDERR_FILENO) == 1,
        width: terminalWidth(), environment: { getenv($0).map { String(cString: $0) } })

    private static func terminalWidth() -> Int? {
        var size = winsize()
        guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return nil
        }
        return Int(size.ws_col)
    }
}
