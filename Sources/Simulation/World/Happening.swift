import EventLog
import Touchpoints

/// An event that a world hands to its log, as a producer means it.
struct Happening: Hashable, Sendable {
    /// Source and id: the same number means the same event, sent again.
    var id: UInt64
    var type: EventType
    /// The name of a type that is not built in.
    var typeName = ""
    /// The producer's time; nil where it sends none.
    var occurred: Timestamp?
    var sequence: Int64 = 0
    /// Hashes of `sessionid` and `orderid`; 0 without one.
    var session: UInt64 = 0
    var order: UInt64 = 0
    var money: Money?
    var points: Int64?
    var alias: Alias?
    /// What `customer.*` names in its data.
    var others: [Alias] = []
    /// The event that `event.voided` takes out, by its id.
    var target: UInt64?
    var channel = ""
    /// Canonical JSON; empty where there is none.
    var data = ""
    var caseID = ""
    var about = ""

    init(_ type: EventType, id: UInt64) {
        self.type = type
        self.id = id
    }

    /// What the log compares to tell a duplicate from a conflict.
    var content: UInt64 {
        var hash: UInt64 = 17
        func take(_ number: UInt64) { hash = SeededRandom.mixed(hash ^ number &+ 0x9E37_79B9_7F4A_7C15) }
        take(UInt64(type.rawValue))
        take(UInt64(bitPattern: occurred?.rawValue ?? 0))
        take(UInt64(bitPattern: sequence))
        take(session)
        take(order)
        take(UInt64(bitPattern: money?.minorUnits ?? points ?? 0))
        for text in [typeName, channel, data, caseID, about] + ([alias].compactMap { $0 } + others).map(\.description) {
            for byte in text.utf8 { take(UInt64(byte)) }
            take(256)
        }
        return hash
    }
}

extension DraftBatch {
    init(_ happenings: [Happening]) {
        self.init()
        for happening in happenings { add(happening) }
    }

    private mutating func add(_ happening: Happening) {
        var draft = Draft()
        draft.identity = Self.identity(happening.id)
        draft.content = happening.content
        draft.sequence = happening.sequence
        draft.session = happening.session
        draft.order = happening.order
        draft.type = happening.type
        if let occurred = happening.occurred { draft.occurred = occurred } else { draft.flags.insert(.timeSupplied) }
        if let money = happening.money {
            draft.amount = money.minorUnits
            draft.currency = money.currency
            draft.flags.insert(.hasMoney)
        }
        if let points = happening.points {
            draft.amount = points
            draft.flags.insert(.hasPoints)
        }
        switch happening.type.role {
        case .touchpoint: break
        case .folded: draft.flags.insert(.notTouchpoint)
        case .recordOnly: draft.flags.insert(.recordOnly)
        }
        draft.typeName = place(happening.typeName.utf8)
        draft.source = place("simulation".utf8)
        draft.channel = place(happening.channel.utf8)
        if let alias = happening.alias {
            draft.aliasKind = place(alias.kind.utf8)
            draft.aliasValue = place(alias.value.utf8)
        }
        var others: [UInt8] = []
        for other in happening.others {
            AliasList.append(kind: Array(other.kind.utf8), value: Array(other.value.utf8), to: &others)
        }
        draft.otherAliases = place(others)
        if let target = happening.target { draft.target = Self.identity(target) }
        var clear: [UInt8] = []
        if !happening.caseID.isEmpty { ClearPart.append(.caseid, Array(happening.caseID.utf8), to: &clear) }
        if !happening.about.isEmpty { ClearPart.append(.about, Array(happening.about.utf8), to: &clear) }
        ClearPart.endAttributes(of: &clear)
        if !happening.data.isEmpty {
            do {
                clear += try ClearPart.storedData(Array(happening.data.utf8))
            } catch {
                preconditionFailure("the data of a world are JSON: \(error.what)")
            }
        }
        draft.clear = place(clear)
        var personal: [UInt8] = []
        PersonalPart.append(id: Array("\(happening.id)".utf8), to: &personal)
        draft.personal = place(personal)
        drafts.append(draft)
    }

    /// As uniform as the keyed hashes that real events have.
    static func identity(_ id: UInt64) -> Hash128 {
        Hash128(high: SeededRandom.mixed(id &+ 1), low: SeededRandom.mixed(id ^ 0x5DEE_CE66_D1CE_4E5B))
    }
}
