import Glibc
import LMDB
import Testing

@Suite struct CreationTests {
    let scratch = Scratch()

    @Test func `what an interrupted creation left is replaced`() throws {
        let new = scratch.environmentPath + ".new"
        #expect(mkdir(new, 0o700) == 0)
        for file in ["/data.mdb", "/lock.mdb"] {
            let descriptor = open(new + file, O_CREAT | O_WRONLY, 0o600)
            #expect(write(descriptor, "junk", 4) == 4)
            close(descriptor)
        }
        _ = try scratch.open()
        #expect(access(new, F_OK) != 0)
    }

    @Test func `only the owner may look into the folder and the file`() throws {
        _ = try scratch.open()
        var found = stat()
        #expect(stat(scratch.environmentPath, &found) == 0 && found.st_mode & 0o777 == 0o700)
        #expect(stat(scratch.dataPath, &found) == 0 && found.st_mode & 0o777 == 0o600)
    }

    @Test func `a folder that cannot be made is an error with the system's code`() throws {
        let refusal = reason {
            _ = try Environment(at: scratch.path + "/none/env", format: Scratch.format, tables: [])
        }
        #expect(refusal == .code(ENOENT))
    }
}
