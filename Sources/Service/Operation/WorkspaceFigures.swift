import EventLog
import Projections
import Wayfold

/// How a workspace stands now: its log, its views, its disk.
struct WorkspaceFigures {
    private struct View {
        var name: String
        var lagEvents: UInt64
        var lagSeconds: Double
        var setAside: Int
    }

    private let workspace: String
    private var position: UInt64 = 0
    private var views: [View] = []
    private var reads: (log: Int, index: Int) = (0, 0)
    private let usedBytes: [(part: String, count: Int)]
    private let freeBytes: Int

    /// Looks at the folder: O(its files and views).
    init(of workspace: Workspace) throws {
        self.workspace = workspace.name
        let folder = workspace.folder
        usedBytes = [("log", folder.logPath), ("index", folder.indexPath), ("views", folder.viewsPath)].map {
            ($0.0, DiskUse.bytes(below: $0.1))
        }
        freeBytes = ProcessFigures.freeByteCount(at: folder.path)
        try workspace.views.read { answers in
            let head = answers.log.head
            position = head.rawValue
            reads = answers.log.openReads
            for name in answers.catalogue.names {
                guard let status = try answers.status(of: name) else { continue }
                let checkpoint = min(status.checkpoint, head)
                let since = checkpoint > .start ? try answers.log.recordedTime(at: checkpoint) : answers.log.clock
                views.append(
                    View(
                        name: name, lagEvents: head.rawValue - checkpoint.rawValue,
                        lagSeconds: Double(answers.log.clock.rawValue - since.rawValue) / 1e6,
                        setAside: status.setAside.count))
            }
        }
    }

    static func write(_ all: [WorkspaceFigures], to text: inout PrometheusText) {
        func write<Value: Numeric>(
            _ name: String, _ help: String, _ label: String, _ values: (Self) -> [(String, Value)]
        ) {
            text.begin(name, .gauge, help)
            for figures in all {
                for (value, number) in values(figures) {
                    text.add([("workspace", figures.workspace), (label, value)], number)
                }
            }
        }
        write("wayfold_log_position", "The last position of the log.", "") { [("", $0.position)] }
        write("wayfold_view_lag_events", "Events behind what a view has written back.", "view") {
            $0.views.map { ($0.name, $0.lagEvents) }
        }
        write("wayfold_view_lag_seconds", "Recorded time behind what a view has written back.", "view") {
            $0.views.map { ($0.name, $0.lagSeconds) }
        }
        write("wayfold_view_set_aside", "Customers that a view has set aside.", "view") {
            $0.views.map { ($0.name, $0.setAside) }
        }
        write("wayfold_lmdb_readers", "Reads that are open, of all processes.", "environment") {
            [("log", $0.reads.log), ("index", $0.reads.index)]
        }
        write("wayfold_disk_used_bytes", "Bytes that files take on the disk.", "part") {
            $0.usedBytes.map { ($0.part, $0.count) }
        }
        write("wayfold_disk_free_bytes", "Free on the data folder's disk.", "") { [("", $0.freeBytes)] }
    }
}
