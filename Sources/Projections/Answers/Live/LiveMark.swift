import Glibc

/// Which generation of a view is live, and whether it still is: one word of mapped memory to compare.
///
/// Whoever makes another generation live writes into the file that named the one before, which is gone from the folder by
/// then and is kept by those who have it mapped (see ``ViewFolder/makeCurrent(_:)``).
final class LiveMark {
    let generation: Int
    private let words: UnsafeMutableRawPointer
    private let word: UInt64

    /// Nil where no generation is live, or the file that says so is damaged.
    init?(_ folder: ViewFolder) {
        guard var mapped = Self.map(folder) else { return nil }
        // Replaced between opening it and looking: another file says what is live.
        while mapped.load(as: UInt64.self) == 0 {
            munmap(mapped, Self.byteCount)
            guard let next = Self.map(folder) else { return nil }
            mapped = next
        }
        word = mapped.load(as: UInt64.self)
        words = mapped
        guard let generation = folder.current() else {
            munmap(mapped, Self.byteCount)
            return nil
        }
        self.generation = generation
    }

    private static func map(_ folder: ViewFolder) -> UnsafeMutableRawPointer? {
        let descriptor = open(folder.currentPath, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        // Nothing of an empty file may be looked at.
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_size > 0,
            let mapped = mmap(nil, byteCount, PROT_READ, MAP_SHARED, descriptor, 0), mapped != MAP_FAILED
        else { return nil }
        return mapped
    }

    deinit { munmap(words, Self.byteCount) }

    /// Whether no other generation was made live since. O(1), without a system call.
    var isLive: Bool { words.load(as: UInt64.self) == word }

    private static let byteCount = 8

    /// Tells those who have the file mapped that it is no longer the one that counts.
    ///
    /// - Parameter descriptor: of the file, opened for writing before it was replaced.
    static func retire(_ descriptor: CInt) {
        var end: UInt64 = 0
        // Who is not told notices with the next event.
        _ = pwrite(descriptor, &end, byteCount, 0)
    }
}
