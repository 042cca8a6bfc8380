import EventLog
import Touchpoints

/// Events.
extension WorldMaker {
    mutating func happening() -> Happening {
        var share = random.number(1...100)
        func falls(_ part: Int) -> Bool {
            share -= part
            return share <= 0
        }
        if falls(features.duplicates), !sent.isEmpty { return again() }
        let happening: Happening
        if falls(features.identified) {
            happening = identified()
        } else if falls(features.merges) {
            happening = merged()
        } else if falls(features.splits) {
            happening = split()
        } else if falls(features.voids), !sent.isEmpty {
            happening = void()
        } else {
            happening = touchpoint()
        }
        sent.append(happening)
        return happening
    }

    private mutating func new(_ type: EventType) -> Happening {
        defer { nextID += 1 }
        return Happening(type, id: nextID)
    }

    /// An event that was sent before, as it was or with other content.
    private mutating func again() -> Happening {
        var happening = random.pick(Array(sent.suffix(12)))
        if random.once(in: 3) { happening.sequence += 1 }
        return happening
    }

    private mutating func occurred() -> Timestamp? {
        if random.once(in: 25) { return nil }
        var time = now
        if random.percent(features.future) {
            time = now + .hours(Int64(random.number(1...90)))
        } else if random.percent(features.simultaneous) {
            time = lastOccurred
        } else if random.percent(features.dayEdges) {
            time = dayEdge(near: now)
        } else if random.percent(features.late) {
            time = now - .hours(Int64(random.pick([1, 2, 10, 24, 48, random.number(1...700)])))
        } else if random.once(in: 3) {
            time = lastOccurred + .hours(Int64(random.pick([2, 6, 10, 24, 48])))
        } else {
            time = now - .minutes(Int64(random.number(0...90)))
        }
        lastOccurred = time
        return time
    }

    private mutating func sequence() -> Int64 {
        random.percent(features.sequences) ? Int64(random.pick([-1, 1, 2, 2, 3])) : 0
    }

    private mutating func touchpoint() -> Happening {
        var happening = new(random.pick(features.types))
        if happening.type.isNone { happening.typeName = random.pick(["robot.waved", "shop.smelled"]) }
        happening.occurred = occurred()
        happening.sequence = sequence()
        if !random.percent(features.unowned) { happening.alias = cast.alias(&random, blocked: features.blocked) }
        if random.once(in: 4) { happening.session = UInt64(random.number(1...3)) }
        if random.once(in: 3) { happening.channel = random.pick(["web", "app", "till"]) }
        fill(&happening)
        return happening
    }

    /// What the views look at in events of the type; now and then what their folds cannot take.
    private mutating func fill(_ happening: inout Happening) {
        let isPoison = random.percent(features.poison)
        switch happening.type {
        case .orderPaid, .orderPlaced, .orderRefunded, .orderCancelled:
            if !random.once(in: 5) { happening.order = UInt64(random.number(1...8)) }
            if happening.type == .orderCancelled { break }
            let units = isPoison ? Int64.max - Int64(random.number(0...2)) : Int64(random.number(0...60) * 50)
            let currency = Currency(code: random.once(in: 6) ? "USD" : "EUR")!
            if !random.once(in: 15) { happening.money = Money(minorUnits: units, currency: currency) }
        case .pointsRedeemed, .pointsReversed:
            happening.points = isPoison ? random.pick([-1, .max, .max - 1, nil]) : Int64(random.number(0...25))
        case .pointsAdjusted:
            happening.points = isPoison ? random.pick([.min, .max, nil]) : Int64(random.number(-15...25))
            if random.once(in: 3) {
                let expires = lastOccurred + .hours(Int64(random.number(1...60)))
                happening.data = #"{"expiresAt":"\#(isPoison ? "soon" : "\(expires)")"}"#
            }
        case .surveyAnswered:
            happening.data = #"{"scale":"nps","score":\#(random.number(0...10))}"#
            if random.once(in: 4) { happening.about = random.pick(["order.paid", "shop.smelled", "chat.started"]) }
        case .reviewPosted: happening.data = #"{"rating":\#(random.number(1...5))}"#
        case .complaintRaised, .complaintResolved, .complaintReopened:
            if random.once(in: 2) { happening.caseID = "case \(random.number(1...3))" }
            if random.once(in: 3) { happening.data = #"{"sentiment":\#(random.number(-100...100))}"# }
        default: break
        }
    }
}

/// Who is who, and what no longer counts.
extension WorldMaker {
    private mutating func identified() -> Happening {
        var happening = new(.customerIdentified)
        let (subject, other) = cast.pair(&random, blocked: features.blocked)
        happening.alias = subject
        happening.others = [other]
        happening.occurred = occurred()
        return happening
    }

    private mutating func merged() -> Happening {
        var happening = identified()
        happening.type = .customerMerged
        return happening
    }

    private mutating func split() -> Happening {
        var happening = new(.customerSplit)
        let aliases = cast.several(&random)
        happening.alias = random.once(in: 3) ? cast.alias(&random, blocked: 0) : cast.pair(&random, blocked: 0).0
        if random.once(in: 2) { happening.alias = aliases[0] }
        happening.others = aliases
        happening.occurred = occurred()
        return happening
    }

    private mutating func void() -> Happening {
        var happening = new(.eventVoided)
        happening.target = random.pick(random.once(in: 3) ? sent : Array(sent.suffix(8))).id
        happening.occurred = occurred()
        return happening
    }
}

/// What the engine itself appends.
extension WorldMaker {
    mutating func activation() -> Happening {
        if features.zones { zone = random.pick(WorldPolicies.zones) }
        var happening = new(.policyActivated)
        happening.occurred = now
        let yaml = WorldPolicies.yaml(zone: zone, &random)
        happening.data = #"{"yaml":"\#(yaml.jsonEscaped)","zone":"\#(zone.encoded)"}"#
        return happening
    }

    mutating func tick() -> Happening {
        var happening = new(.clockTicked)
        if random.once(in: 2) { happening.occurred = now }
        return happening
    }
}
