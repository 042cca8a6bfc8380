import Touchpoints

extension LoyaltyPolicy {
    init?(_ map: MapReader, base: LoyaltyPolicy?) {
        let isMemberOnly = map.value("memberOnly", else: base?.isMemberOnly) { $0.bool() }
        let earning = map.section("earn") { Earning($0, base: base?.earning) }
        let pendingDays = map.value("pendingDays", else: base?.pendingDays) { $0.whole(in: 0...36_500) }
        let expiresAfterDays = map.value("expiresAfterDays", else: base.map(\.expiresAfterDays)) {
            $0.isNull ? .some(nil) : $0.whole(in: 1...36_500).map { Optional($0) }
        }
        let expiringWithinDays = map.value("expiringWithinDays", else: base?.expiringWithinDays) {
            $0.whole(in: 0...36_500)
        }
        let tiers = map.section("tiers") { Tiers($0, base: base?.tiers) }
        map.finish()
        guard let isMemberOnly, let earning, let pendingDays, let expiresAfterDays, let expiringWithinDays, let tiers
        else { return nil }
        self.init(
            isMemberOnly: isMemberOnly, earning: earning, pendingDays: pendingDays, expiresAfterDays: expiresAfterDays,
            expiringWithinDays: expiringWithinDays, tiers: tiers)
        if let expiresAfterDays, expiresAfterDays <= pendingDays {
            map.wrong("expiresAfterDays must be greater than pendingDays, else no point could ever be spent")
        }
    }
}

extension LoyaltyPolicy.Earning {
    /// The events whose total can earn.
    static let earningTypes: [EventType] = [.orderPlaced, .orderPaid, .orderShipped, .orderDelivered]

    fileprivate init?(_ map: MapReader, base: LoyaltyPolicy.Earning?) {
        let on = map.value("on", else: base?.on) {
            $0.word(of: Self.earningTypes.compactMap(\.builtInName)).flatMap { EventType(builtIn: $0) }
        }
        let pointsPerUnit = map.value("pointsPerUnit", else: base?.pointsPerUnit) { $0.decimal() }
        let byCurrency = map.value("currencies", else: base?.pointsPerUnitByCurrency) { field in
            MapReader(field).map { currencies in
                Dictionary(
                    currencies.pairs { key, value in
                        guard let currency = key.currency(), let points = value.decimal() else { return nil }
                        return (currency, points)
                    }, uniquingKeysWith: { first, _ in first })
            }
        }
        let rounding = map.value("rounding", else: base?.rounding) { $0.choice(of: LoyaltyPolicy.Rounding.self) }
        map.finish()
        guard let on, let pointsPerUnit, let byCurrency, let rounding else { return nil }
        self.init(on: on, pointsPerUnit: pointsPerUnit, pointsPerUnitByCurrency: byCurrency, rounding: rounding)
    }
}

extension LoyaltyPolicy.Tiers {
    fileprivate init?(_ map: MapReader, base: LoyaltyPolicy.Tiers?) {
        let basis = map.value("basis", else: base?.basis) { $0.choice(of: LoyaltyPolicy.Basis.self) }
        let windowDays = map.value("windowDays", else: base?.windowDays) { $0.whole(in: 1...36_500) }
        let graceDays = map.value("graceDays", else: base?.graceDays) { $0.whole(in: 0...36_500) }
        let levels = map.value("levels", else: base?.levels) { field in
            field.list(1...32) { LoyaltyPolicy.Level($0) }.flatMap { field.unique($0, by: \.name) }.flatMap {
                field.ascending($0)
            }
        }
        map.finish()
        guard let basis, let windowDays, let graceDays, let levels else { return nil }
        self.init(basis: basis, windowDays: windowDays, graceDays: graceDays, levels: levels)
        if basis != .spend, let level = levels.first(where: { !$0.minimum.isWhole }) {
            map.wrong("the level \"\(level.name)\" needs a whole number of \(basis.rawValue)")
        }
    }
}

extension LoyaltyPolicy.Level {
    fileprivate init?(_ field: Field) {
        guard let map = MapReader(field) else { return nil }
        let name = map.value("name", else: nil) { $0.text("a tier's name") }
        let minimum = map.value("min", else: nil) { $0.decimal() }
        map.finish()
        guard let name, let minimum else { return nil }
        self.init(name: name, minimum: minimum)
    }
}

extension Field {
    func currency() -> Currency? {
        let expected = "a currency's code like EUR"
        guard let text = text(expected) else { return nil }
        guard let currency = Currency(code: text) else { return refuse(expected) }
        return currency
    }

    fileprivate func ascending(_ levels: [LoyaltyPolicy.Level]) -> [LoyaltyPolicy.Level]? {
        guard levels[0].minimum.scaled == 0, zip(levels, levels.dropFirst()).allSatisfy({ $0.minimum < $1.minimum })
        else {
            wrong("the first level must have min: 0, and each a greater min than the one before")
            return nil
        }
        return levels
    }
}
