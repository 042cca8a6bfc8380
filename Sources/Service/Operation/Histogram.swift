/// Counts of measured values in ranges, as Prometheus reads them.
struct Histogram {
    /// Upper ends of the ranges; above the last is one more.
    let bounds: [Double]
    private var counts: [UInt64]
    private var sum = 0.0

    /// Seconds from half a millisecond to half a minute.
    static let seconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
    /// Bytes from a kibibyte to 64 MiB.
    static let bytes = (10...26).filter { $0 % 2 == 0 }.map { Double(1 << $0) }
    /// Events that came together.
    static let sizes = [1.0, 10, 50, 100, 250, 500, 1_000, 2_000, 5_000]

    init(_ bounds: [Double]) {
        self.bounds = bounds
        counts = Array(repeating: 0, count: bounds.count + 1)
    }

    mutating func add(_ value: Double) {
        counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
        sum += value
    }

    /// The lines of one series.
    ///
    /// - Parameter labels: `name="value"` with commas between them, or nothing.
    func lines(_ name: String, _ labels: String = "") -> String {
        var text = ""
        var total: UInt64 = 0
        let comma = labels.isEmpty ? "" : ","
        for (index, count) in counts.enumerated() {
            total += count
            let bound = index < bounds.count ? "\(bounds[index])" : "+Inf"
            text += "\(name)_bucket{\(labels)\(comma)le=\"\(bound)\"} \(total)\n"
        }
        let set = labels.isEmpty ? "" : "{\(labels)}"
        return text + "\(name)_sum\(set) \(sum)\n\(name)_count\(set) \(total)\n"
    }
}
