import EventLog
import Glibc

/// Who owns a data folder, found without touching its lock.
enum FolderOwner {
    /// The process that holds the lock: nil when none does, nil inside when it is not known which.
    ///
    /// Read from the system's table of locks; taking the lock to see, even for a moment, could keep another from it.
    static func of(_ folder: DataFolder) -> Int32?? {
        var status = stat()
        guard stat(folder.lockPath, &status) == 0, let table = try? FileText.read("/proc/locks") else { return nil }
        // As in `1: FLOCK  ADVISORY  WRITE 4711 08:01:131095 0 EOF`.
        for line in table.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count >= 6, words[1] == "FLOCK", words[5].split(separator: ":").last == "\(status.st_ino)"
            else {
                continue
            }
            return .some(Int32(words[4]).flatMap { $0 > 0 ? $0 : nil })
        }
        return nil
    }
}
