import Glibc

/// A file that lines are written to by hand, byte by byte, through one large buffer.
struct LineOutput: ~Copyable {
    private static let capacity = 4 << 20
    /// Longer than any line.
    private static let lineMax = 4_096

    private let file: CInt
    private let start: UnsafeMutablePointer<UInt8>
    private var end: Int = 0
    private var lineStart: Int = 0

    init(path: String) throws {
        file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        guard file >= 0 else { throw OutputError(words: "cannot write \(path): \(String(cString: strerror(errno)))") }
        start = .allocate(capacity: Self.capacity)
    }

    deinit {
        close(file)
        start.deallocate()
    }

    mutating func put(_ text: StaticString) {
        memcpy(start + end, text.utf8Start, text.utf8CodeUnitCount)
        end += text.utf8CodeUnitCount
    }

    mutating func put(_ bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { _ = memcpy(start + end, $0.baseAddress!, $0.count) }
        end += bytes.count
    }

    mutating func put(number: UInt64) {
        var digits = 1
        var limit: UInt64 = 10
        while number >= limit {
            digits += 1
            limit *= 10
        }
        put(number: number, digits: digits)
    }

    /// With leading zeros.
    mutating func put(number: UInt64, digits: Int) {
        var rest = number
        for place in stride(from: end + digits - 1, through: end, by: -1) {
            start[place] = 0x30 + UInt8(rest % 10)
            rest /= 10
        }
        end += digits
    }

    /// Cents as a decimal text of the major unit.
    mutating func put(cents: UInt64) {
        put(number: cents / 100)
        put(".")
        put(number: cents % 100, digits: 2)
    }

    /// The lowest bits of a word as so many hexadecimal digits.
    mutating func put(hex word: UInt64, digits: Int) {
        var rest = word
        for place in stride(from: end + digits - 1, through: end, by: -1) {
            let digit = UInt8(rest & 15)
            start[place] = digit < 10 ? 0x30 + digit : 0x57 + digit
            rest >>= 4
        }
        end += digits
    }

    mutating func endLine() throws {
        put("\n")
        if end > Self.capacity - Self.lineMax { try flush() }
        lineStart = end
    }

    /// The line that is being written, as far as it goes.
    var line: [UInt8] { Array(UnsafeBufferPointer(start: start + lineStart, count: end - lineStart)) }

    mutating func flush() throws {
        var written = 0
        while written < end {
            let count = write(file, start + written, end - written)
            guard count > 0 else { throw OutputError(words: String(cString: strerror(errno))) }
            written += count
        }
        end = 0
        lineStart = 0
    }
}

struct OutputError: Error, CustomStringConvertible {
    let words: String
    var description: String { words }
}
