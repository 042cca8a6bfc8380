import Glibc

/// Small files beside the log.
extension DataFolder {
    /// Puts what `body` makes of a file's bytes in their place: mode 0600, synced, and after a crash as before or as after.
    ///
    /// Of several that change files of a folder at once, also in other processes, each waits for the one before.
    ///
    /// - Parameter body: is given nil where there is no such file; what it throws leaves everything as it was.
    package func changeFile(_ name: String, _ body: (_ before: [UInt8]?) throws -> [UInt8]) throws {
        let held = try HeldFolder(path)
        try writeFile(try body(fileIfThere(path + "/" + name)), named: name, in: path)
        held.isHeldUntilHere()
    }
}
