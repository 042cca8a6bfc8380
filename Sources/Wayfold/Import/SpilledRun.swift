import Glibc
import Projections
import Touchpoints

/// A sorted run of drafts in an unnamed temporary file: written once, then read once from the start.
struct SpilledRun {
    /// nil when it was read to its end.
    private var file: UnsafeMutablePointer<FILE>?
    private var next: (draft: Draft, texts: DraftBatch)?

    init(folder: String) throws {
        let descriptor = try UnnamedFile.open(in: folder)
        guard let file = fdopen(descriptor, "w+") else { throw FileError(path: folder, code: errno) }
        self.file = file
    }

    /// Appends a draft and the texts that it points at.
    mutating func write(_ draft: Draft, of batch: DraftBatch) throws {
        var alone = DraftBatch()
        alone.append(draft, of: batch)
        try write(&alone.drafts[0], MemoryLayout<Draft>.size)
        var count = UInt32(alone.arena.count)
        try write(&count, 4)
        try write(&alone.arena, alone.arena.count)
    }

    private func write(_ bytes: UnsafeRawPointer, _ count: Int) throws {
        guard let file, fwrite(bytes, 1, count, file) == count else {
            throw FileError(path: "spilled run", code: errno)
        }
    }

    /// Ends writing; reading begins at the start.
    func rewind() throws {
        guard let file, fflush(file) == 0, fseek(file, 0, SEEK_SET) == 0 else {
            throw FileError(path: "spilled run", code: errno)
        }
    }

    /// The next draft, left where it is; nil at the end.
    mutating func head() throws -> Draft? {
        if let next { return next.draft }
        guard let file else { return nil }
        var draft = Draft()
        guard fread(&draft, 1, MemoryLayout<Draft>.size, file) == MemoryLayout<Draft>.size else {
            guard ferror(file) == 0 else { throw FileError(path: "spilled run", code: EIO) }
            fclose(file)
            self.file = nil
            return nil
        }
        var count: UInt32 = 0
        guard fread(&count, 1, 4, file) == 4 else { throw FileError(path: "spilled run", code: EIO) }
        var texts = DraftBatch()
        texts.arena = [UInt8](repeating: 0, count: Int(count))
        guard fread(&texts.arena, 1, Int(count), file) == Int(count) else {
            throw FileError(path: "spilled run", code: EIO)
        }
        next = (draft, texts)
        return draft
    }

    /// Takes the draft that ``head()`` showed.
    mutating func takeHead() -> (Draft, DraftBatch) {
        defer { next = nil }
        return next!
    }
}
