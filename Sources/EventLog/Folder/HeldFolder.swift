import Glibc

/// A folder that is locked as long as this lives (`flock` on the folder itself): of several that change what is in it, also in
/// other processes, each waits for the one before.
package struct HeldFolder: ~Copyable {
    private let descriptor: CInt

    package init(_ path: String) throws(LogError) {
        descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .folder("cannot open \(path): \(systemMessage())") }
        while flock(descriptor, LOCK_EX) != 0 {
            if errno == EINTR { continue }
            let message = systemMessage()
            close(descriptor)
            throw .folder("cannot lock \(path): \(message)")
        }
    }

    deinit { giveBackLock(descriptor) }

    /// Does nothing: until there it is held.
    package borrowing func isHeldUntilHere() {}
}
