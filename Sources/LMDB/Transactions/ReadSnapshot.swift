import Synchronization

/// One state of the environment, held open over many calls until the snapshot is released.
///
/// For those who fold or page at one position. It may move between threads, but calls must not overlap: two at once
/// trap. While it lives the file cannot reuse the pages that writers free, so hold it for seconds, not for days.
public final class ReadSnapshot: Transaction, @unchecked Sendable {
    private let transaction: ReadTransaction
    private let isBusy = Atomic(false)

    init(_ transaction: consuming ReadTransaction) { self.transaction = transaction }

    public var handle: TransactionHandle { transaction.handle }

    /// Runs `body` at the state of the snapshot.
    public func read<R: ~Copyable>(_ body: (borrowing ReadTransaction) throws -> R) throws -> R {
        precondition(!isBusy.exchange(true, ordering: .acquiring), "calls of one snapshot overlap")
        defer { isBusy.store(false, ordering: .releasing) }
        return try body(transaction)
    }

    /// The number of the write transaction whose result is read.
    public var identifier: UInt64 { transaction.identifier }

    /// Whether nothing was committed since, by whatever process. O(1), without a system call.
    public var isNewest: Bool { transaction.isNewest }
}
