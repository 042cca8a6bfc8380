import EventLog
import Touchpoints

/// An event that a test lets happen: only what the folds of these tests look at.
struct Happening: Hashable {
    var type: EventType
    /// Hours since the beginning of the test's world: whole ones, so that events and wake-ups often coincide.
    var hour: Int
    var sequence: Int64 = 0
    /// The member that it happens to; 0: nobody.
    var customer = 1
    /// Whom it happens to, in the place of a member.
    var alias: Alias?
    /// What `customer.*` names in its data.
    var others: [Alias] = []
    /// The position that `event.voided` takes out.
    var voids: Int?
    /// The text of a policy that this record activates.
    var yaml: String?

    init(_ type: EventType, at hour: Int, sequence: Int64 = 0, of customer: Int = 1) {
        self.type = type
        self.hour = hour
        self.sequence = sequence
        self.customer = customer
    }

    /// A policy that comes into force, written on one line.
    init(policy yaml: String, at hour: Int) {
        self.init(.policyActivated, at: hour, of: 0)
        self.yaml = yaml
    }
}

/// Who is who, and what no longer counts.
extension Happening {
    /// Aliases are written `kind:value`.
    init(_ type: EventType, at hour: Int, of alias: String, _ others: [String] = []) {
        self.init(type, at: hour)
        self.alias = Alias(alias)
        self.others = others.map(Alias.init)
    }

    init(voiding position: Int, at hour: Int) {
        self.init(.eventVoided, at: hour, of: 0)
        voids = position
    }
}

extension Alias {
    /// - Parameter text: `kind:value`.
    fileprivate init(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        self.init(kind: parts[0], value: parts[1])
    }
}

extension Timestamp {
    /// The hours of the test's world begin on 2024-01-01.
    init(hour: Int) { self.init(microseconds: 1_704_067_200_000_000 + Int64(hour) * 3_600_000_000) }
}

extension DraftBatch {
    init(_ happenings: [Happening], firstID: Int) {
        self.init()
        for (index, happening) in happenings.enumerated() { add(happening, id: firstID + index) }
    }

    private mutating func add(_ happening: Happening, id: Int) {
        var draft = Draft()
        var random = SplitMix(seed: id)
        draft.identity = Hash128(high: random.next(), low: random.next())
        draft.occurred = Timestamp(hour: happening.hour)
        draft.sequence = happening.sequence
        draft.type = happening.type
        switch happening.type.role {
        case .touchpoint: break
        case .folded: draft.flags.insert(.notTouchpoint)
        case .recordOnly: draft.flags.insert(.recordOnly)
        }
        draft.source = place("test".utf8)
        if let alias = happening.alias {
            draft.aliasKind = place(alias.kind.utf8)
            draft.aliasValue = place(alias.value.utf8)
        } else if happening.customer > 0 {
            draft.aliasKind = place("member".utf8)
            draft.aliasValue = place("\(happening.customer)".utf8)
        }
        var others: [UInt8] = []
        for alias in happening.others {
            AliasList.append(kind: Array(alias.kind.utf8), value: Array(alias.value.utf8), to: &others)
        }
        draft.otherAliases = place(others)
        if let voided = happening.voids { draft.amount = Int64(voided) }
        var clear: [UInt8] = []
        ClearPart.endAttributes(of: &clear)
        if let yaml = happening.yaml {
            clear += Array(#"{"yaml":"\#(yaml)","zone":"\#(ZoneTable.utc.encoded)"}"#.utf8)
        }
        draft.clear = place(clear)
        drafts.append(draft)
    }
}
