import Touchpoints

extension IngestPolicy {
    init?(_ map: MapReader, base: IngestPolicy?) {
        let maxFuture = map.value("maxFuture", else: base?.maxFuture) { $0.elapsed(.seconds(0) ... .hours(24)) }
        let minTime = map.value("minTime", else: base?.minTime) { $0.timestamp() }
        map.finish()
        guard let maxFuture, let minTime else { return nil }
        self.init(maxFuture: maxFuture, minTime: minTime)
    }
}
