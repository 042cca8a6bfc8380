import CLMDB
import Glibc

/// The length of the file against what its meta page says of it.
extension OpenEnvironment {
    /// Makes the file as long as its meta page says, and `growth` bytes longer: a hole, which takes no room on the disk.
    ///
    /// LMDB writes no page that one transaction both took at the end of the file and freed. Without this the check of
    /// the length at the next opening would take such a file for a truncated one. It is done before a commit, as far
    /// as can be known then, so that the sync covers it, and again behind it. A refusal by the system is let pass: it
    /// says nothing about the commit.
    func extendFile(by growth: Int) {
        guard let lengths = try? lengths() else { return }
        let wanted = lengths.needed + UInt64(min(growth, 64 << 20))
        // Not at every commit.
        let step: UInt64 = 4 << 20
        if lengths.file < wanted { ftruncate(descriptor, off_t((wanted + step - 1) / step * step)) }
    }

    /// Throws when the file is shorter than its meta page says: reading beyond its end would kill the process.
    func checkLength() throws(LMDBError) {
        let lengths = try lengths()
        if lengths.file < lengths.needed {
            throw LMDBError(.truncated(fileBytes: lengths.file, neededBytes: lengths.needed), "open \(path)")
        }
    }

    /// The bytes of the file, and the bytes up to the last page that its meta page knows.
    func lengths() throws(LMDBError) -> (file: UInt64, needed: UInt64) {
        var info = MDB_envinfo()
        mdb_env_info(raw, &info)
        var stat = MDB_stat()
        mdb_env_stat(raw, &stat)
        var file = Glibc.stat()
        guard fstat(descriptor, &file) == 0 else { throw LMDBError(.code(errno), "measure the file") }
        return (UInt64(file.st_size), UInt64(info.me_last_pgno + 1) * UInt64(stat.ms_psize))
    }
}
