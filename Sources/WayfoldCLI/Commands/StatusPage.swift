import EventLog
import Projections
import Touchpoints
import Wayfold

/// What `status` says: how the log and the views stand.
struct StatusPage {
    let answers: ViewAnswers
    let folder: DataFolder

    private static let viewColumns: [Column] = [
        .text("view"), .integer("generation"), .integer("checkpoint"), .integer("lag", unit: "events"),
        .integer("policy"), .integer("set_aside"), .flag("stale"), .integer("bytes", unit: "bytes"),
        .integer("replays"), .integer("replay_bytes", unit: "bytes"),
    ]
    private static let setAsideColumns: [Column] = [
        .text("view"), .text("customer"), .integer("position"), .text("reason"),
    ]

    func report() throws -> Report {
        let statuses = try answers.catalogue.names.map { ($0, try answers.status(of: $0)) }
        return .fields([
            ("folder", .text(folder.path)), ("owner", .text(owner)), ("log", log), ("identity", identity),
            ("views", try views(statuses)),
            ("set_aside", .rows(Self.setAsideColumns, try statuses.flatMap { try setAside($1) })),
            ("attention", .texts("what", attention(statuses))),
        ])
    }

    private var log: Report {
        let log = answers.log
        return .fields([
            ("events", .integer(log.head.rawValue)),
            ("clock", .value(log.head > .start ? .time(log.clock) : .null)),
            ("policy", answers.activePolicy.map { .integer($0.position.rawValue) } ?? .value(.null)),
            ("log_bytes", .integer(DiskUse.bytes(below: folder.logPath))),
            ("index_bytes", .integer(DiskUse.bytes(below: folder.indexPath))),
        ])
    }

    /// Who is whom, and what no longer counts; what the log refused to join is in no count.
    private var identity: Report {
        let tally = answers.log.identityTally
        return .fields([
            ("aliases", .integer(tally.strands)), ("customers", .integer(tally.customers)),
            ("joined", .integer(tally.joined)), ("moved", .integer(tally.moved)), ("merged", .integer(tally.merged)),
            ("split", .integer(tally.split)), ("voided_events", .integer(tally.voided)),
        ])
    }

    private var owner: String {
        guard let holder = FolderOwner.of(folder) else { return "none" }
        return holder.map { "process \($0)" } ?? "another process"
    }

    private func views(_ statuses: [(view: String, status: ViewStatus?)]) throws -> Report {
        .rows(
            Self.viewColumns,
            try statuses.map { view, status in
                let sizes: Row = [
                    .integer(Int64(DiskUse.bytes(below: folder.viewsPath + "/" + view))),
                    .integer(Int64(try answers.keptReplayCount(of: view))),
                    .integer(Int64(DiskUse.bytes(below: folder.replaysPath + "/" + view))),
                ]
                guard let status else {
                    return [.text(view), .null, .integer(0), .integer(lag(.start)), .null, .integer(0), .flag(false)]
                        + sizes
                }
                return [
                    .text(view), .integer(Int64(status.generation)), .integer(Int64(status.checkpoint.rawValue)),
                    .integer(lag(status.checkpoint)), .integer(Int64(status.policy.rawValue)),
                    .integer(Int64(status.setAside.count)), .flag(status.isStale),
                ] + sizes
            })
    }

    private func lag(_ checkpoint: Position) -> Int64 { Int64(answers.log.head.rawValue) - Int64(checkpoint.rawValue) }

    private func setAside(_ status: ViewStatus?) throws -> [Row] {
        guard let status, let policy = answers.activePolicy?.policy else { return [] }
        let identity = answers.log.identity(at: min(status.checkpoint, answers.log.head))
        return try status.setAside.map { entry in
            let alias = try answers.log.alias(of: entry.customer, in: identity, ranks: policy.identity)
            return [
                .text(status.view), alias.map { .text($0.description) } ?? .null,
                .integer(Int64(entry.position.rawValue)), .text(entry.reason),
            ]
        }
    }

    /// What somebody should do something about.
    private func attention(_ statuses: [(view: String, status: ViewStatus?)]) -> [String] {
        var found: [String] = []
        for (view, status) in statuses {
            guard let status else {
                if answers.log.head > .start { found.append("\(view) was never folded: wayfold rebuild \(view)") }
                continue
            }
            if status.isDamaged {
                found.append("\(view) cannot be read, and queries fold the log in memory: wayfold rebuild \(view)")
            }
            if status.isStale { found.append("\(view) was made by another version of it: wayfold rebuild \(view)") }
            if status.isBehindPolicy { found.append("\(view) still follows an older policy: wayfold rebuild \(view)") }
            if !status.setAside.isEmpty { found.append("\(view) has set \(status.setAside.count) customers aside") }
        }
        return found
    }
}
