import Touchpoints

/// The texts behind the log's dense numbers, and back. All in memory; every look-up is O(1).
public struct Dictionaries: Equatable, Sendable {
    private var types = NameTable(first: EventType.firstInterned)
    private var channels = NameTable()
    private var sources = NameTable()
    private var kinds = NameTable()
    private var actors = NameTable()

    init() {}

    subscript(table: NameAddition.Table) -> NameTable {
        get {
            switch table {
            case .type: types
            case .channel: channels
            case .source: sources
            case .kind: kinds
            case .actor: actors
            }
        }
        _modify {
            switch table {
            case .type: yield &types
            case .channel: yield &channels
            case .source: yield &sources
            case .kind: yield &kinds
            case .actor: yield &actors
            }
        }
    }

    /// The number of a text as UTF-8 in one of the tables; nil for one that has none. Copies no table.
    func number(of text: RawSpan, in table: NameAddition.Table) -> UInt16? {
        switch table {
        case .type: types.number(of: text)
        case .channel: channels.number(of: text)
        case .source: sources.number(of: text)
        case .kind: kinds.number(of: text)
        case .actor: actors.number(of: text)
        }
    }

    /// Takes over an addition; false when it does not follow the ones before.
    mutating func add(_ addition: NameAddition) -> Bool { self[addition.table].add(addition.name, as: addition.number) }

    /// Everything in the dictionaries, as additions to empty ones.
    var additions: [NameAddition] {
        NameAddition.Table.allCases.flatMap { table in
            self[table].names.enumerated().map { index, name in
                NameAddition(table: table, number: self[table].first + UInt16(index), name: name)
            }
        }
    }
}

/// The text of a number: empty for "none" and for a number that the log has not given.
extension Dictionaries {
    public func name(of type: EventType) -> String { type.builtInName ?? types.name(of: type.rawValue) ?? "" }
    public func name(of channel: ChannelNumber) -> String { channels.name(of: channel.rawValue) ?? "" }
    public func name(of source: SourceNumber) -> String { sources.name(of: source.rawValue) ?? "" }
    public func name(of kind: KindNumber) -> String { kinds.name(of: kind.rawValue) ?? "" }
    public func name(of actor: ActorNumber) -> String { actors.name(of: actor.rawValue) ?? "" }
}

/// The number of a text; nil for one that the log has not seen.
extension Dictionaries {
    public func type(named name: String) -> EventType? {
        EventType(builtIn: name) ?? types.number(of: name).map(EventType.init(rawValue:))
    }
    public func channel(named name: String) -> ChannelNumber? {
        channels.number(of: name).map(ChannelNumber.init(rawValue:))
    }
    public func source(named name: String) -> SourceNumber? {
        sources.number(of: name).map(SourceNumber.init(rawValue:))
    }
    public func kind(named name: String) -> KindNumber? { kinds.number(of: name).map(KindNumber.init(rawValue:)) }
    public func actor(named name: String) -> ActorNumber? { actors.number(of: name).map(ActorNumber.init(rawValue:)) }
}

extension Dictionaries {
    /// The kinds of aliases, in the order of their numbers.
    public var allKinds: [String] { kinds.names }
    /// The sources of events, in the order of their numbers.
    public var allSources: [String] { sources.names }
}
