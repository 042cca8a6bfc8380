import CCrypto
import Glibc

/// Random bytes of libcrypto's generator, which the kernel's seeds, fetched 4 KiB at a time.
///
/// A byte is given out once and wiped from the buffer. After a fork without exec both processes would give out the
/// same buffered bytes: make a new one there.
public struct SecureRandom: ~Copyable {
    private var buffer = [UInt8](repeating: 0, count: 4096)
    /// The bytes of the buffer before this one were given out.
    private var next: Int

    /// Takes nothing from the generator until it is asked.
    public init() { next = 4096 }

    /// Fills the span. A salt of 16 bytes costs some tens of nanoseconds.
    public mutating func fill(_ bytes: inout MutableRawSpan) {
        bytes.withUnsafeMutableBytes { bytes in
            var done = 0
            while done < bytes.count {
                if next == buffer.count { refill() }
                let count = min(bytes.count - done, buffer.count - next)
                buffer.withUnsafeMutableBytes { buffer in
                    let given = buffer.baseAddress! + next
                    memcpy(bytes.baseAddress! + done, given, count)
                    memset(given, 0, count)
                }
                next += count
                done += count
            }
        }
    }

    /// A new array of random bytes.
    public mutating func bytes(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var elements = bytes.mutableSpan
        var raw = elements.mutableBytes
        fill(&raw)
        return bytes
    }

    /// Random bytes as hexadecimal digits, two a byte: a name that nobody can guess.
    public mutating func hexadecimal(_ count: Int) -> String { Hexadecimal.text(of: bytes(count)) }

    private mutating func refill() {
        let code = buffer.withUnsafeMutableBytes {
            RAND_bytes($0.baseAddress?.assumingMemoryBound(to: UInt8.self), CInt($0.count))
        }
        precondition(code == 1, "libcrypto gives no random bytes")
        next = 0
    }
}
