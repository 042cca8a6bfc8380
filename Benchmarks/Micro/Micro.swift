import Benchmark
import Ingest
import LMDB
import Wayfold

/// Single steps of the way of an event, on the same made-up events: `swift package benchmark`.
///
/// What a benchmark needs is made when it first runs, since each runs in a process of its own.
let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock, .throughput, .instructions], warmupIterations: 3, maxDuration: .seconds(2))
    let thousand = Benchmark.Configuration(scalingFactor: .kilo)

    let lines = Lazy { Events.lines(0..<1_000) }
    Benchmark("scan of an event's JSON", configuration: thousand) { benchmark in
        let events = try await lines.value
        var tape = JSONTape()
        benchmark.startMeasurement()
        for index in benchmark.scaledIterations {
            try tape.scan(events[index])
            blackHole(tape.root)
        }
    }

    let decoded = Lazy { try await Shop() }
    Benchmark("decode of an event", configuration: thousand) { benchmark in
        let text = Array(try await lines.value.joined())
        let shop = try await decoded.value
        benchmark.startMeasurement()
        blackHole(try shop.decode(text))
    }

    let appended = Lazy { try await Shop() }
    Benchmark("append of 500 events") { benchmark in
        let shop = try await appended.value
        let batch = try shop.nextBatch(of: 500)
        benchmark.startMeasurement()
        try await shop.append(batch)
    }

    let folded = Lazy { try await Shop() }
    Benchmark("fold of 500 events into four views") { benchmark in
        let shop = try await folded.value
        try await shop.append(shop.nextBatch(of: 500))
        benchmark.startMeasurement()
        blackHole(try shop.fold())
    }

    let asked = Lazy {
        let shop = try await Shop()
        return (shop, try await shop.known(100_000))
    }
    Benchmark("look-up of an event's identity", configuration: thousand) { benchmark in
        let (_, (log, identities)) = try await asked.value
        benchmark.startMeasurement()
        // A prime stride: no identity lies near the one before.
        for index in benchmark.scaledIterations {
            blackHole(try log.position(of: identities[index * 7_919 % identities.count]))
        }
    }

    let stored = Lazy { try Store() }
    Benchmark("get of a value of 400 bytes", configuration: thousand) { benchmark in
        let store = try await stored.value
        benchmark.startMeasurement()
        blackHole(try store.get(benchmark.scaledIterations))
    }
    Benchmark("put of a value of 400 bytes, a thousand a commit", configuration: thousand) { benchmark in
        let store = try await stored.value
        benchmark.startMeasurement()
        try store.put(benchmark.scaledIterations)
    }
}
