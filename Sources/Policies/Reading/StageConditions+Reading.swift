extension StageConditions {
    /// At least one condition: a set without any would hide every stage below.
    init?(_ field: Field) {
        guard let map = MapReader(field) else { return nil }
        let days = 0...36_500
        self.init()
        orders = map.value("orders") { $0.bounds(in: 0...1_000_000) }
        daysSinceFirstOrder = map.value("daysSinceFirstOrder") { $0.bounds(in: days) }
        daysSinceLastOrder = map.value("daysSinceLastOrder") { $0.bounds(in: days) }
        daysSinceLastTouchpoint = map.value("daysSinceLastTouchpoint") { $0.bounds(in: days) }
        hundredthIntervalsSinceLastOrder = map.value("intervalsSinceLastOrder") { $0.hundredthBounds() }
        spendChangePercent = map.value("spendChangePercent") { $0.bounds(in: -100...1_000_000) }
        openComplaints = map.value("openComplaints") { $0.bounds(in: 0...1_000_000) }
        satisfactionBelow = map.value("satisfactionBelow") { $0.whole(in: 1...100) }
        satisfactionAbove = map.value("satisfactionAbove") { $0.whole(in: 0...99) }
        daysInStage = map.value("daysInStage") { $0.bounds(in: days) }
        previousStages = map.value("previousStage") { $0.list(1...32) { $0.name() } }
        map.finish()
        if self == StageConditions(), field.node.mapping?.isEmpty ?? true {
            field.wrong("expected at least one condition; leave \"when\" out where there is none")
        }
    }
}

extension Field {
    /// `{min: 1, max: 5}`, one of them or both.
    fileprivate func bounds(in range: ClosedRange<Int>) -> Bounds? { bounds { $0.whole(in: range) } }

    /// Bounds with at most two digits after the point, in hundredths.
    fileprivate func hundredthBounds() -> Bounds? {
        bounds { field in
            field.decimal().flatMap { number in
                guard number.scaled % 100 == 0, number.whole <= 1_000 else {
                    return field.refuse("a number from 0 to 1000 with at most 2 digits after the point")
                }
                return Int(number.scaled / 100)
            }
        }
    }

    private func bounds(_ read: (Field) -> Int?) -> Bounds? {
        guard let map = MapReader(self) else { return nil }
        let bounds = Bounds(min: map.value("min", read), max: map.value("max", read))
        map.finish()
        if node.mapping?.isEmpty ?? true { wrong("expected min, max or both") }
        if let min = bounds.min, let max = bounds.max, min > max { wrong("min is greater than max") }
        return bounds
    }
}
