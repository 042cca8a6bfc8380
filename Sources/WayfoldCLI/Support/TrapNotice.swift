import Glibc

/// What a reading command says when a Swift trap ends it.
///
/// A query folds in memory what lies beyond its view's checkpoint, and a projector that traps there ends the program: the
/// writing commands fold in a process of their own, which sets the customer aside. Reading writes nothing, so all that
/// it can do is to say so. Where `SWIFT_BACKTRACE` is set the backtrace is shown instead.
enum TrapNotice {
    static func install() {
        guard getenv("SWIFT_BACKTRACE") == nil else { return }
        for trap in [SIGILL, SIGTRAP] { signal(trap) { _ in TrapNotice.tell() } }
    }

    /// Called in a signal handler: nothing but system calls.
    private static func tell() {
        let words: StaticString = """
            wayfold: a trap ended this command, most likely in a projector, at an event that its view has not folded \
            yet: `wayfold rebuild VIEW` sets the customer aside (SWIFT_BACKTRACE=enable=yes shows where)

            """
        _ = write(2, words.utf8Start, words.utf8CodeUnitCount)
        _exit(1)
    }
}
