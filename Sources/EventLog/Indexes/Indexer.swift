import LMDB

/// Writes tails behind, on a thread of its own, so that appends do not wait for it.
actor Indexer {
    private let thread = DedicatedThread()
    private var writer: IndexWriter

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    init(_ writer: IndexWriter) { self.writer = writer }

    /// Writes the tails into runs; see ``IndexWriter/write(_:upTo:)``.
    func write(_ tails: [Tail], upTo state: Manifest) throws(LogError) { try writer.write(tails, upTo: state) }
}
