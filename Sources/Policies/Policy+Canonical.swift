import Touchpoints

extension Policy {
    /// The given sections as text with everything filled in: equal texts decide alike.
    ///
    /// A generation of a view records that of the sections it reads; another text is a reason to rebuild.
    /// A line for each value, `path = value`, in the order of ``Section`` and then by path.
    public func canonical(of sections: [Section] = Section.allCases) -> String {
        lines(of: sections).map { "\($0.path) = \($0.value)\n" }.joined()
    }

    /// What differs between two policies, by path; nil where only one has the value.
    public static func diff(_ before: Policy, _ after: Policy) -> [PolicyChange] {
        let old = before.lines(of: Section.allCases)
        let new = after.lines(of: Section.allCases)
        let oldValues = Dictionary(uniqueKeysWithValues: old.map { ($0.path, $0.value) })
        let newValues = Dictionary(uniqueKeysWithValues: new.map { ($0.path, $0.value) })
        let paths = old.map(\.path) + new.map(\.path).filter { oldValues[$0] == nil }
        return paths.compactMap { path in
            oldValues[path] == newValues[path]
                ? nil : PolicyChange(path: path, before: oldValues[path], after: newValues[path])
        }
    }

    private func lines(of sections: [Section]) -> [(path: String, value: String)] {
        Section.allCases.filter(sections.contains).flatMap { value(of: $0).lines(below: $0.rawValue) }
    }

    private func value(of section: Section) -> PolicyValue {
        switch section {
        case .timeZone: .text(timeZone)
        case .identity: identity.value
        case .ingest:
            .map(["maxFuture": .text("\(Period.elapsed(ingest.maxFuture))"), "minTime": .text("\(ingest.minTime)")])
        case .journey: journey.value
        case .lifecycle: lifecycle.value
        case .rfm: rfm.value
        case .loyalty: loyalty.value
        case .effects: .map(["maxAge": .text("\(effects.maxAge)")])
        case .segment: segment.value
        case .accessLog: accessLog.value
        }
    }
}

/// One difference between two policies.
public struct PolicyChange: Hashable, Sendable {
    /// The field; of a list of named things by name, as `lifecycle.stages[loyal].when[0].orders.min`.
    public var path: String
    public var before: String?
    public var after: String?
}

extension IdentityPolicy {
    fileprivate var value: PolicyValue {
        .map([
            "kinds": .ordered(kinds.map { PolicyValue.Named($0.name, $0.value) }),
            "sources": .ordered(
                kindsBySource.sorted { $0.key < $1.key }.map { PolicyValue.Named($0.key, .text($0.value)) }),
            "hideKinds": .list(hiddenKinds.sorted()),
            // As they are compared, so that lists that block the same are the same text.
            "blockedValues": .list(
                Set(blockedValues.map { String(decoding: $0.utf8.map(BlockedValues.lowercased), as: UTF8.self) })
                    .sorted()),
        ])
    }
}

extension IdentityPolicy.AliasKind {
    fileprivate var value: PolicyValue {
        .conditions([
            ("scope", .text(scope.rawValue)), ("limit", limit.map { .number($0) }),
            ("perDays", perDays.map { .number($0) }),
        ])
    }
}

extension JourneyPolicy {
    fileprivate var value: PolicyValue {
        .map([
            "sessionGap": .text("\(Period.elapsed(sessionGap))"), "sessionEndsAfter": .text("\(sessionEndsAfter)"),
            "phases": .ordered(phases.map { PolicyValue.Named($0.name, .list($0.types.sorted())) }),
        ])
    }
}

extension LifecyclePolicy {
    fileprivate var value: PolicyValue {
        .map([
            "spendWindowDays": .number(spendWindowDays),
            "stages": .ordered(
                stages.map { stage in
                    let alternatives = stage.alternatives.enumerated().map { ("when[\($0)]", $1.value) }
                    return PolicyValue.Named(stage.name, .map(Dictionary(uniqueKeysWithValues: alternatives)))
                }),
        ])
    }
}

extension StageConditions {
    fileprivate var value: PolicyValue {
        .conditions([
            ("orders", orders?.value()), ("daysSinceFirstOrder", daysSinceFirstOrder?.value()),
            ("daysSinceLastOrder", daysSinceLastOrder?.value()),
            ("daysSinceLastTouchpoint", daysSinceLastTouchpoint?.value()),
            ("intervalsSinceLastOrder", hundredthIntervalsSinceLastOrder?.value(scale: 100)),
            ("spendChangePercent", spendChangePercent?.value()), ("openComplaints", openComplaints?.value()),
            ("satisfactionBelow", satisfactionBelow.map { .number($0) }),
            ("satisfactionAbove", satisfactionAbove.map { .number($0) }), ("daysInStage", daysInStage?.value()),
            ("previousStage", previousStages.map { .list($0.sorted()) }),
        ])
    }
}

extension Bounds {
    fileprivate func value(scale: Int? = nil) -> PolicyValue {
        func text(_ number: Int) -> PolicyValue {
            guard let scale else { return .number(number) }
            return .text("\(FixedDecimal(scaled: Int64(number) * FixedDecimal.scale / Int64(scale)))")
        }
        return .conditions([("min", min.map(text)), ("max", max.map(text))])
    }
}

extension RFMPolicy {
    fileprivate var value: PolicyValue {
        .map([
            "scores": .text(method.rawValue), "quantiles": .number(scoreCount),
            "bands": .map([
                "recencyDays": .list(bands.recencyDays.map(String.init)),
                "frequency": .list(bands.frequency.map(String.init)),
                "monetary": .list(bands.monetary.map(\.description)),
            ]),
            "segments": .ordered(
                segments.map {
                    PolicyValue.Named(
                        $0.name, .map(["r": $0.recency.value, "f": $0.frequency.value, "m": $0.monetary.value]))
                }),
        ])
    }
}

extension ClosedRange<Int> {
    fileprivate var value: PolicyValue { .text("\(lowerBound)-\(upperBound)") }
}

extension LoyaltyPolicy {
    fileprivate var value: PolicyValue {
        .map([
            "memberOnly": .text("\(isMemberOnly)"), "earn": earning.value, "pendingDays": .number(pendingDays),
            "expiresAfterDays": .text(expiresAfterDays.map { "\($0)" } ?? "null"),
            "expiringWithinDays": .number(expiringWithinDays), "tiers": tiers.value,
        ])
    }
}

extension LoyaltyPolicy.Earning {
    fileprivate var value: PolicyValue {
        let rates = pointsPerUnitByCurrency.map { ($0.code, PolicyValue.text("\($1)")) }
        return .map([
            "on": .text(on.builtInName ?? "\(on.rawValue)"), "pointsPerUnit": .text("\(pointsPerUnit)"),
            "currencies": .map(Dictionary(uniqueKeysWithValues: rates)), "rounding": .text(rounding.rawValue),
        ])
    }
}

extension LoyaltyPolicy.Tiers {
    fileprivate var value: PolicyValue {
        .map([
            "basis": .text(basis.rawValue), "windowDays": .number(windowDays), "graceDays": .number(graceDays),
            "levels": .ordered(levels.map { PolicyValue.Named($0.name, .map(["min": .text("\($0.minimum)")])) }),
        ])
    }
}

extension SegmentPolicy {
    fileprivate var value: PolicyValue {
        let channels = channels.sorted { $0.key < $1.key }.map { PolicyValue.Named($0.key, .text($0.value)) }
        // Their order means nothing.
        let events = events.sorted { $0.name < $1.name }.map { PolicyValue.Named($0.name, $0.value) }
        return .map([
            "source": .text(source), "userId": .text(userKind), "anonymousId": .text(anonymousKind),
            "previousId": .text(previousKind), "currency": .text(currency.code), "channels": .ordered(channels),
            "events": .ordered(events),
        ])
    }
}

extension SegmentPolicy.Event {
    fileprivate var value: PolicyValue {
        let texts = data.sorted { $0.key < $1.key }.map { PolicyValue.Named($0.key, .text($0.value)) }
        return .conditions([("type", .text(type)), ("data", texts.isEmpty ? nil : .ordered(texts))])
    }
}

extension AccessLogPolicy {
    fileprivate var value: PolicyValue {
        .map([
            "source": .text(source), "channel": .text(channel), "botChannel": .text(botChannel),
            "cookie": .text(cookieKind), "device": .text(deviceKind), "fields": .list(fields.map(\.rawValue)),
            "assets": .list(assetEndings.sorted()), "bots": .list(botAgents.sorted()),
        ])
    }
}
