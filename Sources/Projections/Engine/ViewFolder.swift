import Glibc

/// The folder of one view: its generations and which of them is live.
///
/// ```
/// views/rfm/current          "3\n"
/// views/rfm/0000000003/      the live generation
/// views/rfm/0000000002/      the one before, kept for going back
/// ```
struct ViewFolder {
    let path: String

    /// The number of the live generation, nil when there is none yet or the file that names it is damaged.
    func current() -> Int? {
        guard let text = try? String(contentsOfSmallFile: currentPath), let number = Int(text.trimmingNewline),
            (1..<Self.maxNumber).contains(number)
        else { return nil }
        return number
    }

    /// The file that names the live generation.
    var currentPath: String { path + "/current" }

    /// Whether there is a file that names the live generation, and it does not.
    var isCurrentDamaged: Bool { FileTools.exists(currentPath) && current() == nil }

    /// Ten digits, as many as a folder's name has.
    private static let maxNumber = 9_999_999_999

    /// The numbers of all generations that are there, ascending.
    func generations() -> [Int] {
        FileTools.names(in: path).filter { $0.count == 10 }.compactMap { Int($0) }.sorted()
    }

    func path(of generation: Int) -> String {
        let digits = String(generation)
        return path + "/" + String(repeating: "0", count: max(0, 10 - digits.count)) + digits
    }

    /// Makes a generation the live one: after a crash either the old or the new one is, never none. Who has the one before
    /// open is told (``LiveMark``).
    func makeCurrent(_ generation: Int) throws {
        let temporary = path + "/current.new"
        try FileTools.write("\(generation)\n", to: temporary)
        let before = open(currentPath, O_RDWR | O_CLOEXEC)
        defer { if before >= 0 { close(before) } }
        guard rename(temporary, currentPath) == 0 else { throw FileError(path: temporary, code: errno) }
        try FileTools.sync(folder: path)
        if before >= 0 { LiveMark.retire(before) }
    }

    /// Deletes a generation's folder.
    func remove(_ generation: Int) { FileTools.removeFolder(path(of: generation)) }

    /// Deletes all generations but the live one and the newest before it.
    func removeOld() {
        guard let current = current() else { return }
        let before = generations().filter { $0 < current }
        for old in before.dropLast() { remove(old) }
    }
}
