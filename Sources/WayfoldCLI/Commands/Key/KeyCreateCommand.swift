import ArgumentParser
import Projections
import Touchpoints
import Wayfold

struct KeyCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make a key, and show its token this once.",
        discussion: """
            Example:

              wayfold key create --scope ingest,query --expires 2027-12-31 --note 'web shop'

            Whoever has the token may do what the scopes say: ingest, query, command, audit, admin. Only a hash of it \
            is kept. That the key was made, and by whom, is recorded in the log. While there is no key, the service \
            listens on this machine alone.
            """)

    @OptionGroup var data: DataOption

    @Option(
        name: .customLong("scope"), help: ArgumentHelp("What it allows; may be repeated.", valueName: "scope,..."),
        transform: Self.scopes)
    var scopes: [[AccessScope]]

    @Option(
        help: ArgumentHelp(
            "When it ends: RFC 3339, or a date for its end. (default: never)", valueName: "time"),
        transform: TimeArgument.init)
    var expires: TimeArgument?

    @Option(help: ArgumentHelp("What it is for.", valueName: "text"))
    var note: String?

    @Flag(name: .customLong("dry-run"), help: "Only say what the key would be.")
    var isDryRun = false

    func run() async throws {
        let scopes = Set(scopes.joined())
        let end = try end()
        if isDryRun { return try report(token: nil, nil, scopes, end, nil) }
        let session = try await WriteSession.open(data)
        let made = try await session.createKey(scopes: scopes, expires: end, note: note)
        // Whatever comes now, the token is not lost.
        try report(token: made.token, made.key.id, scopes, end, made.position)
        Console.current.remark("wayfold: the token is shown this once; what is kept is a hash of it")
        try await session.finishWithProgress()
    }

    private func end() throws -> Timestamp? {
        guard let expires else { return nil }
        // The log is closed again: a process opens it for writing first.
        let zone = try data.openIfThere().map { try ImportRules(folder: $0).zone } ?? .utc
        let end = expires.upperBound(in: zone, clock: .distantPast)
        guard end > SystemClock.now() else { throw UsageError("\(end) has passed: the key would open nothing") }
        return end
    }

    private func report(
        token: String?, _ id: String?, _ scopes: Set<AccessScope>, _ end: Timestamp?, _ position: Position?
    ) throws {
        try Report.fields([
            ("token", .text(token)), ("id", .text(id)), ("scopes", .text(scopes.names.joined(separator: ","))),
            ("expires", .value(end.map(Value.time) ?? .null)), ("note", .text(note)),
            ("position", position.map { .integer($0.rawValue) } ?? .value(.null)), ("dry_run", .value(.flag(isDryRun))),
        ]).writeAsUsual()
    }

    @Sendable private static func scopes(_ text: String) throws -> [AccessScope] {
        try text.split(separator: ",", omittingEmptySubsequences: false).map { name in
            guard let scope = AccessScope(rawValue: String(name)) else {
                let all = AccessScope.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("there is no scope \"\(name)\": \(all)")
            }
            return scope
        }
    }
}
