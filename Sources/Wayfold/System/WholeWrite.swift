import Glibc
import Projections

/// Writing to files that take all bytes, sooner or later.
enum WholeWrite {
    /// Writes all bytes; throws ``FileError`` under the name that people know the file by.
    static func write(_ bytes: [UInt8], to descriptor: Int32, of path: @autoclosure () -> String) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw FileError(path: path(), code: errno)
            }
        }
    }
}
