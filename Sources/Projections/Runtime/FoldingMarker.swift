import Glibc
import Touchpoints

/// The note of what is being folded, kept in a small file outside every transaction.
///
/// A Swift trap cannot be caught. So before a batch is folded the view notes it here; a process that finds a note
/// which nobody took back knows that the one before ended there, folds that batch event by event, noting each, and
/// when it ends there again, the step that ended it is known and set aside. Cost: one small write a batch.
final class FoldingMarker {
    /// What the note says: five numbers, little-endian.
    struct Note: Equatable, BitwiseCopyable {
        var from: UInt64 = 0
        var through: UInt64 = 0
        /// The event in hand, when folding event by event: the one of the batch, or an older one that is folded again.
        var event: UInt64 = 0
        /// The wake-up in hand, when folding event by event.
        var wakingCustomer: UInt64 = 0
        var wakingDue: Int64 = 0

        /// Whether a process that folded this log can have left the note; a damaged file says anything.
        func isSensible(through head: Position, customers: Int) -> Bool {
            from > 0 && from <= through && through <= head.rawValue && event <= through
                && wakingCustomer <= UInt64(customers)
        }

        /// The batch's own event is in hand.
        var isOfBatch: Bool { event >= from }
    }

    private let descriptor: CInt
    private var note = Note()
    /// While true every step is noted.
    private(set) var isCautious = false

    /// The note that the process before left, nil when it ended cleanly.
    let found: Note?

    init(path: String) throws {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileError(path: path, code: errno) }
        var old = Note()
        let count = pread(descriptor, &old, MemoryLayout<Note>.size, 0)
        found = count == MemoryLayout<Note>.size && old.from != 0 ? old : nil
    }

    deinit { close(descriptor) }

    /// A batch begins.
    func noteBatch(_ range: ClosedRange<Position>, cautiously: Bool) {
        isCautious = cautiously
        note = Note(from: range.lowerBound.rawValue, through: range.upperBound.rawValue)
        save()
    }

    /// An event is next; noted only while cautious.
    func noteEvent(_ position: Position) {
        guard isCautious else { return }
        note.event = position.rawValue
        note.wakingCustomer = 0
        save()
    }

    /// A wake-up is next; noted only while cautious.
    func noteWake(of customer: CustomerNumber, due: Timestamp) {
        guard isCautious else { return }
        note.wakingCustomer = UInt64(customer.rawValue)
        note.wakingDue = due.rawValue
        save()
    }

    /// For steps that are folded again: nil where the batch's own event is in hand. That one is to blame then, since
    /// without it they are as they were; but a decision can be no one's fault.
    var ofFoldsAgain: FoldingMarker? { isCautious && !note.isOfBatch ? self : nil }

    /// The batch is folded.
    func clear() {
        note = Note()
        save()
    }

    private func save() {
        var value = note
        // A lost note costs one more restart, nothing else: its result is not checked.
        _ = pwrite(descriptor, &value, MemoryLayout<Note>.size, 0)
    }
}

/// A file that could not be opened, read or written, with the system's code.
public struct FileError: Error, Sendable, CustomStringConvertible {
    public let path: String
    public let code: CInt

    public init(path: String, code: CInt) {
        self.path = path
        self.code = code
    }

    public var description: String { "\(path): \(String(cString: strerror(code)))" }
}
