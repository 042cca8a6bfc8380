import EventLog
import Projections
import Synchronization
import Touchpoints
import Wayfold

/// A data folder that is served: its writer, its open views, its keys.
final class Workspace: Sendable {
    let name: String
    let folder: DataFolder
    let session: WriteSession
    let views: OpenViews
    let keys: AccessKeys
    /// The log's tree of hashes.
    let tree: OpenTree
    let catalogue: Catalogue
    /// What can be asked.
    private let parts: [ServedPart]
    /// The same as a JSON array.
    let partList: String
    let frontPage = KeptPage()
    private let lastHead = Atomic<UInt64>(0)
    private let known = Mutex<KnownRules?>(nil)

    /// The rules of reading events, and how many were activated when they were read.
    private struct KnownRules {
        var version: Int
        var rules: ImportRules
    }

    /// Becomes the folder's owner, and opens its views behind that.
    ///
    /// - Throws: ``FolderOwned`` where another process owns the folder.
    init(
        name: String, path: String, catalogue: Catalogue, worker: [String]?, metrics: ServiceMetrics
    ) async throws {
        self.name = name
        self.catalogue = catalogue
        parts = catalogue.parts.map { ServedPart($0) }
        partList = "[" + parts.map(\.about).joined(separator: ",") + "]"
        session = try await WriteSession.open(path: path, worker: worker) { metrics.record($0, in: name) }
        guard await session.isOwner else { throw FolderOwned(session.folder) }
        folder = session.folder
        views = try OpenViews(folder: folder, catalogue: catalogue)
        keys = AccessKeys(folder: folder)
        tree = OpenTree(folder: folder)
    }

    /// A part by its names; nil where there is none.
    func part(_ name: String?, of view: String) -> ServedPart? {
        parts.first { $0.description.view == view && (name == nil || $0.description.name == name) }
    }

    /// The first part that can be asked about one customer, of the view of that name or by a name of its own.
    func customerPart(_ name: String) -> PartDescription? {
        parts.lazy.map(\.description).first { part in
            (part.view == name || part.name == name) && part.options.contains { $0.name == "customer" }
        }
    }

    /// The part that a question is about, with the columns of its rows; throws `QueryError` where there is none.
    func part(of question: Question) throws -> ServedPart {
        guard let part = part(question.part, of: question.view), question.changesSince == nil else {
            let columns = try catalogue.columns(of: question)
            return ServedPart(part(question.part, of: question.view)!.description, columns: columns)
        }
        return part
    }

    /// - Throws: ``ServiceOptionsError`` where the log knows of keys, and their file is gone: else everybody could come in.
    func checkKeys() throws {
        guard try keys.isOpen else { return }
        let hadKeys = try views.read { $0.log.dictionaries.type(named: "admin.key.created") != nil }
        guard !hadKeys else {
            throw ServiceOptionsError(
                description: "\(folder.path) has had keys, and keys.json is missing: put it back, or make a key")
        }
    }

    /// The last position of the log as it was a moment ago: what streams look at, however many there are.
    var head: Position { Position(lastHead.load(ordering: .relaxed)) }

    /// Keeps ``head`` up until the task is cancelled.
    func watchHead() async throws {
        while true {
            if let head = await session.head { lastHead.store(head.rawValue, ordering: .relaxed) }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// Keeps the folder `tree` up, about once a second, until the task is cancelled; ends where the tree is not of the log.
    func followTree(_ pool: QueryPool) async throws {
        let writer = TreeFollower(folder: folder)
        var followed: Position?
        while true {
            let head = self.head
            if head != followed {
                do {
                    try await pool.run(for: name) { try writer.follow() }
                    followed = head
                } catch is Problem {}  // Too many queries wait; the next look is soon.
            }
            try await Task.sleep(for: .seconds(1))
        }
    }

    /// The schemas and the policy in force, by which bodies are read. O(1) unless one was activated since.
    var rules: ImportRules {
        get async throws {
            let version = await session.rulesVersion
            if let known = known.withLock({ $0 }), known.version == version { return known.rules }
            let rules = try ImportRules(folder: folder)
            if let version { known.withLock { $0 = KnownRules(version: version, rules: rules) } }
            return rules
        }
    }
}

/// A folder that cannot be served, since another process owns it: a service does not wait, or whoever started it would take
/// it for one that serves.
struct FolderOwned: Error, CustomStringConvertible {
    private let folder: String
    private let process: Int32?

    init(_ folder: DataFolder) {
        self.folder = folder.path
        process = FolderLock.lastHolder(of: folder)
    }

    var description: String {
        let owner = process.map { "process \($0)" } ?? "another process"
        return "\(folder) is owned by \(owner): end it, or wait for its end, and start the service again"
    }
}
