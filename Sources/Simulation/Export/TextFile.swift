import Glibc
import Projections

/// Files of lines.
enum TextFile {
    static func makeFolder(_ path: String) throws {
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw FileError(path: path, code: errno) }
    }

    static func write(_ lines: [String], to path: String) throws {
        guard let file = fopen(path, "w") else { throw FileError(path: path, code: errno) }
        for line in lines { fputs(line + "\n", file) }
        guard fclose(file) == 0 else { throw FileError(path: path, code: errno) }
    }
}
