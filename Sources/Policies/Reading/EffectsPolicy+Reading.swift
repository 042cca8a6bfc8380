import Touchpoints

extension EffectsPolicy {
    init?(_ map: MapReader, base: EffectsPolicy?) {
        let maxAge = map.value("maxAge", else: base?.maxAge) { $0.period(atLeast: .elapsed(.seconds(1))) }
        map.finish()
        guard let maxAge else { return nil }
        self.init(maxAge: maxAge)
    }
}
