import Glibc

/// What files take on the disk.
public enum DiskUse {
    /// The bytes of the blocks of all files in a folder and the folders in it; 0 where there is none.
    public static func bytes(below path: String) -> Int {
        guard let directory = opendir(path) else { return 0 }
        defer { closedir(directory) }
        var total = 0
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            var status = stat()
            guard name != "." && name != "..", lstat(path + "/" + name, &status) == 0 else { continue }
            total += Int(status.st_blocks) * 512
            if status.st_mode & S_IFMT == S_IFDIR { total += bytes(below: path + "/" + name) }
        }
        return total
    }
}
