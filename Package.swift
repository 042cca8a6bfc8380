// swift-tools-version: 6.2
import PackageDescription

// Data flows one way: a target imports only what stands above it in this list.
let house: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableExperimentalFeature("Lifetimes"),
    // Whether two accesses to a class's property overlap is checked where tests run, in debug; here it costs each look-up 8 %.
    .unsafeFlags(
        ["-cross-module-optimization", "-enforce-exclusivity=unchecked"], .when(configuration: .release)),
]

/// A target of ours with its test target, both under the rules of the house.
func module(_ name: String, _ dependencies: [Target.Dependency] = [], testedWith: [Target.Dependency] = []) -> [Target]
{
    [
        .target(name: name, dependencies: dependencies, swiftSettings: house),
        .testTarget(
            name: name + "Tests", dependencies: [.byName(name: name)] + dependencies + testedWith,
            swiftSettings: house),
    ]
}

let package = Package(
    name: "wayfold",
    products: [
        .library(name: "Wayfold", targets: ["Wayfold", "WayfoldCLI"]),
        .library(name: "WayfoldTesting", targets: ["WayfoldTesting"]),
        .executable(name: "wayfold", targets: ["wayfold"]),
        .executable(name: "simulate", targets: ["Simulate"]),
        .executable(name: "count", targets: ["Count"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: []),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
    ],
    targets: [
        .systemLibrary(name: "CLMDB", providers: [.apt(["liblmdb-dev"])]),
        .systemLibrary(name: "CCrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CZstd", providers: [.apt(["libzstd-dev"])]),
        .systemLibrary(name: "CLinux"),
        .systemLibrary(name: "CProcessor"),
        .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    ]
        + module("LMDB", ["CLMDB"])
        + module("Digests", ["CCrypto"])
        + module("Transparency", ["Digests"])
        + module("Touchpoints", ["CProcessor"])
        + module("Policies", ["Touchpoints", .product(name: "Yams", package: "Yams")])
        + module(
            "Ingest", ["Touchpoints", "Policies", "Digests", "CZlib", "CZstd", .product(name: "Yams", package: "Yams")])
        + module(
            "EventLog", ["CLinux", "CProcessor", "LMDB", "Digests", "Transparency", "Touchpoints", "Policies"],
            testedWith: ["Ingest"])
        + module(
            "Projections",
            [
                "LMDB", "Digests", "Touchpoints", "Policies", "EventLog",
            ], testedWith: ["Ingest"])
        + module("Views", ["Touchpoints", "Policies", "Projections"], testedWith: ["Simulation"])
        + module(
            "Wayfold",
            [
                "CLinux", "CSQLite", "LMDB", "Digests", "Transparency", "Touchpoints", "Policies", "Ingest", "EventLog",
                "Projections",
                "Views",
            ])
        + module("Simulation", ["Wayfold"])
        + module("WayfoldTesting", ["Simulation"])
        + module(
            "Service",
            [
                "Digests", "Transparency", "Touchpoints", "Policies", "Ingest", "EventLog", "Projections", "Wayfold",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "HummingbirdHTTP2", package: "hummingbird"),
                .product(name: "JWTKit", package: "jwt-kit"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Yams", package: "Yams"),
            ], testedWith: [.product(name: "HummingbirdTesting", package: "hummingbird")])
        + module(
            "WayfoldCLI",
            ["Transparency", "Wayfold", "Service", .product(name: "ArgumentParser", package: "swift-argument-parser")],
            testedWith: ["Simulation"])
        + [
            .executableTarget(
                name: "wayfold", dependencies: ["WayfoldCLI"], path: "Sources/Program", swiftSettings: house),
            .executableTarget(name: "Simulate", dependencies: ["EventLog", "Simulation"], swiftSettings: house),
            .executableTarget(name: "Count", dependencies: ["Wayfold"], swiftSettings: house),
            // Reads the sources, the manual and the demo's files.
            .testTarget(
                name: "TreeTests", dependencies: ["Ingest", "Policies", "Wayfold", "Simulation", "WayfoldTesting"],
                swiftSettings: house),
        ]
)
