import Configuration
import SystemPackage

extension ServiceOptions {
    /// One option that is a number or a text, by the name that it has in every source.
    private enum Setting: Sendable {
        case number(String, any WritableKeyPath<ServiceOptions, Int> & Sendable)
        case text(String, any WritableKeyPath<ServiceOptions, String?> & Sendable)

        var name: String {
            switch self {
            case .number(let name, _), .text(let name, _): name
            }
        }
    }

    private static let settings: [Setting] = [
        .text("tls.certificate", \.certificate), .text("tls.privateKey", \.privateKey),
        .text("jwt.keySet", \.keySet), .text("jwt.issuer", \.issuer), .text("jwt.audience", \.audience),
        .number("stopSeconds", \.stopSeconds),
        .number("limits.connections", \.limits.connections),
        .number("limits.connectionsPerAddress", \.limits.connectionsPerAddress),
        .number("limits.headerSeconds", \.limits.headerSeconds), .number("limits.idleSeconds", \.limits.idleSeconds),
        .number("limits.bodySeconds", \.limits.bodySeconds),
        .number("limits.bodyBytesPerSecond", \.limits.bodyBytesPerSecond),
        .number("limits.stallSeconds", \.limits.stallSeconds),
        .number("limits.headerBytes", \.limits.headerByteCount), .number("limits.bodyBytes", \.limits.bodyByteCount),
        .number("limits.bodyEvents", \.limits.bodyEvents),
        .number("limits.collectedBytes", \.limits.collectedByteCount),
        .number("limits.waitingBytes", \.limits.waitingByteCount), .number("limits.queries", \.limits.queries),
        .number("limits.waitingQueries", \.limits.waitingQueries), .number("limits.lists", \.limits.lists),
        .number("limits.listSeconds", \.limits.listSeconds), .number("limits.listBytes", \.limits.listByteCount),
        .number("limits.streams", \.limits.streams),
    ]

    /// The names of all options.
    static var names: [String] { ["listen", "workspaces", "logLevel"] + settings.map(\.name) }

    /// Reads options from where they were given: what was said on the command line goes before the environment
    /// (`WAYFOLD_LIMITS_CONNECTIONS`), and that before the file (YAML).
    ///
    /// - Parameters:
    ///   - flags: by the names of options; lists with commas between.
    ///   - folder: the one workspace, where none are named.
    /// - Throws: ``ServiceOptionsError`` naming the option; what the reader of the file throws.
    static func read(
        flags: [String: String], environment: [String: String], file: String?, folder: String
    ) async throws -> ServiceOptions {
        if let unknown = flags.keys.sorted().first(where: { !names.contains($0) }) {
            throw ServiceOptionsError(
                description: "there is no option \(unknown); there are \(names.sorted().joined(separator: ", "))")
        }
        let given = flags.map {
            (AbsoluteConfigKey($0.key.split(separator: ".").map(String.init), context: [:]), $0.value)
        }
        var providers: [any ConfigProvider] = [
            InMemoryProvider(
                name: "flags",
                values: Dictionary(uniqueKeysWithValues: given.map { ($0, ConfigValue(.string($1), isSecret: false)) })),
            EnvironmentVariablesProvider(environmentVariables: environment).prefixKeys(with: "wayfold"),
        ]
        if let file { providers.append(try await FileProvider<YAMLSnapshot>(filePath: FilePath(file))) }
        return try ServiceOptions(ConfigReader(providers: providers), folder: folder)
    }

    private init(_ config: ConfigReader, folder: String) throws {
        for setting in Self.settings {
            switch setting {
            case .text(let name, let path):
                if let text = config.string(forKey: ConfigKey(name)) { self[keyPath: path] = text }
            case .number(let name, let path):
                guard let number = try Self.number(name, config) else { continue }
                self[keyPath: path] = number
            }
        }
        if let level = config.string(forKey: "logLevel") { logLevel = level }
        if let address = config.string(forKey: "listen") { try listen(at: address) }
        let list =
            config.stringArray(forKey: "workspaces")
            ?? config.string(forKey: "workspaces").map {
                $0.split(separator: ",").map(String.init)
            }
        for entry in list ?? ["default=" + folder] {
            let words = entry.split(separator: "=", maxSplits: 1).map(String.init)
            guard words.count == 2, workspaces.updateValue(words[1], forKey: words[0]) == nil else {
                throw ServiceOptionsError(description: "workspaces: \(entry) is not NAME=FOLDER, each name once")
            }
        }
    }

    private static func number(_ name: String, _ config: ConfigReader) throws -> Int? {
        let key = ConfigKey(name)
        if let number = config.int(forKey: key) {
            guard number > 0 else {
                throw ServiceOptionsError(description: "\(name) is \(number); expected at least 1")
            }
            return number
        }
        guard let text = config.string(forKey: key) else { return nil }
        guard let number = Int(text), number > 0 else {
            throw ServiceOptionsError(description: "\(name) is \(text); expected a whole number of at least 1")
        }
        return number
    }

    /// Takes `HOST:PORT`, `[::1]:PORT` or a port alone.
    private mutating func listen(at address: String) throws {
        let parts = address.split(separator: ":", omittingEmptySubsequences: false)
        guard let number = parts.last.flatMap({ Int($0) }) else {
            throw ServiceOptionsError(description: "listen: \(address) is not HOST:PORT")
        }
        port = number
        guard parts.count > 1 else { return }
        host = parts.dropLast().joined(separator: ":")
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
    }

    /// All options as the file would say them.
    var yaml: String {
        var lines = [
            "listen: \"\(host.contains(":") ? "[\(host)]" : host):\(port)\"", "logLevel: \(logLevel)", "workspaces:",
        ]
        lines += workspaces.sorted { $0.key < $1.key }.map { "  - \"\($0.key)=\($0.value)\"" }
        var section = ""
        for setting in Self.settings {
            let words = setting.name.split(separator: ".").map(String.init)
            if words.count == 2, words[0] != section {
                section = words[0]
                lines.append(section + ":")
            }
            let value: String? =
                switch setting {
                case .number(_, let path): "\(self[keyPath: path])"
                case .text(_, let path): self[keyPath: path].map { "\"\($0)\"" }
                }
            guard let value else {
                lines.append((words.count == 2 ? "  # " : "# ") + words.last! + ":")
                continue
            }
            lines.append((words.count == 2 ? "  " : "") + words.last! + ": " + value)
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
