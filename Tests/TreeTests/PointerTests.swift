import Testing

struct PointerTests {
    /// The thin wrappers over C: pointers are their trade.
    private static let wrappers = ["Sources/LMDB/", "Sources/Digests/", "Sources/Ingest/Compression/"]

    /// The other files that name a pointer, with the number of lines that do.
    private static let exceptions = [
        // Names of a folder's entries (readdir).
        "Sources/EventLog/Folder/Files.swift": 1,
        "Sources/Projections/Engine/FileTools.swift": 1,
        "Sources/Wayfold/System/DiskUse.swift": 1,
        "Sources/WayfoldTesting/TemporaryFolder.swift": 1,
        // Files and sockets.
        "Sources/Wayfold/Import/SpilledRun.swift": 2,
        "Sources/Wayfold/Owner/FramedSocket.swift": 5,
        "Sources/Wayfold/System/WholeWrite.swift": 1,
        "Sources/WayfoldCLI/Support/FileText.swift": 1,
        // Rows as bytes, and the texts that SQLite copies.
        "Sources/Wayfold/Export/SQLiteFile.swift": 1,
        "Sources/Wayfold/Rows/RowBytes.swift": 2,
        "Sources/Wayfold/Rows/RowRun.swift": 3,
        "Sources/Wayfold/Rows/SpilledRows.swift": 3,
        // A word of a mapped file.
        "Sources/Projections/Answers/Live/LiveMark.swift": 2,
        // The bytes of integers and of headers.
        "Sources/EventLog/Blocks/BlockView.swift": 2,
        "Sources/EventLog/Blocks/LittleEndian.swift": 4,
        "Sources/EventLog/Reading/EventCopies.swift": 8,
        "Sources/EventLog/Reading/OpenBlocks.swift": 3,
        // Scratch memory that has one owner.
        "Sources/Touchpoints/Bytes/ByteBuffer.swift": 7,
        "Sources/Touchpoints/Bytes/Scratch.swift": 1,
        // Arrays whose elements several threads fill.
        "Sources/EventLog/Reading/Lanes.swift": 3,
        // The bytes of keys.
        "Sources/Projections/Runtime/SnapshotTable.swift": 2,
        "Sources/Projections/Runtime/ViewStore.swift": 3,
        "Sources/Simulate/Saying.swift": 1,
        "Sources/Simulation/Model/Record.swift": 2,
        "Sources/Simulation/Run/ScratchFolder.swift": 1,
        "Sources/Simulation/SketchedEvent.swift": 1,
        "Sources/Wayfold/Owner/OwnerWire+Coding.swift": 2,
    ]

    @Test func `pointers stay in the wrappers over C and in a few files that are named here`() throws {
        var found: [String: Int] = [:]
        for file in try SourceTree.sources.get() where !Self.wrappers.contains(where: file.path.hasPrefix) {
            let count = file.codeLines.count { $0.contains("Unsafe") }
            if count > 0 { found[file.path] = count }
        }
        #expect(found == Self.exceptions)
    }
}
