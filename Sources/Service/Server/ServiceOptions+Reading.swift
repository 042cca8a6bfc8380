import Configuration

extension ServiceOptions {
    /// One option that is a number or a text, by the name that it has in every source.
    enum Setting: Sendable {
        case number(String, any WritableKeyPath<ServiceOptions, Int> & Sendable)
        case text(String, any WritableKeyPath<ServiceOptions, String?> & Sendable)

        var name: String {
            switch self {
            case .number(let name, _), .text(let name, _): name
            }
        }
    }

    static let settings: [Setting] = [
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

    /// Reads options from where they were given: what was said on the command line goes before the environment
    /// (`WAYFOLD_LIMITS_CONNECTIONS`), and that before the file (YAML).
    ///
    /// - Parameters:
    ///   - flags: by the names of options; lists with commas between.
    ///   - folder: the one workspace, where none are named.
    /// - Throws: ``ServiceOptionsError`` naming the option; for one that there is not, with the nearest that there is.
    static func read(
        flags: [String: String], environment: [String: String], file: String?, folder: String
    ) async throws -> ServiceOptions {
        try OptionNames.check(flags: flags)
        try OptionNames.check(environment: environment)
        var providers: [any ConfigProvider] = [
            InMemoryProvider(name: "flags", values: Self.values(flags)),
            EnvironmentVariablesProvider(environmentVariables: environment).prefixKeys(with: "wayfold"),
        ]
        if let file {
            providers.append(InMemoryProvider(name: "file", values: Self.values(try OptionsFile.read(at: file))))
        }
        return try ServiceOptions(ConfigReader(providers: providers), folder: folder)
    }

    private static func values(_ given: [String: String]) -> [AbsoluteConfigKey: ConfigValue] {
        let pairs = given.map { name, text in
            (
                AbsoluteConfigKey(name.split(separator: ".").map(String.init), context: [:]),
                ConfigValue(.string(text), isSecret: false)
            )
        }
        return Dictionary(uniqueKeysWithValues: pairs)
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
        let list = config.string(forKey: "workspaces").map { $0.split(separator: ",").map(String.init) }
        for entry in list ?? ["default=" + folder] {
            let words = entry.split(separator: "=", maxSplits: 1).map(String.init)
            guard words.count == 2, workspaces.updateValue(words[1], forKey: words[0]) == nil else {
                throw ServiceOptionsError(description: "workspaces: \(entry) is not NAME=FOLDER, each name once")
            }
        }
    }

    private static func number(_ name: String, _ config: ConfigReader) throws -> Int? {
        guard let text = config.string(forKey: ConfigKey(name)) else { return nil }
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
}
