// swift-tools-version: 6.2
import PackageDescription

// What `swift package benchmark` runs: a package of its own, since its plugin builds everything with flags of its own.
// The plugin finds a target by its folder, which has to lie in one named Benchmarks.
let package = Package(
    name: "Micro",
    dependencies: [
        .package(name: "wayfold", path: "../.."),
        // Without its interposers, which are of use only where somebody counts allocations.
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
    ],
    targets: [
        .executableTarget(
            name: "Micro",
            dependencies: [
                .product(name: "Wayfold", package: "wayfold"), .product(name: "Benchmark", package: "benchmark"),
            ],
            path: ".",
            swiftSettings: [.treatAllWarnings(as: .error), .enableUpcomingFeature("ExistentialAny")],
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
    ]
)
