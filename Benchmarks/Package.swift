// swift-tools-version: 6.2
import PackageDescription

// What `tools/bench` runs: a package of its own, so that whoever uses Wayfold builds none of it.
let house: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
]

let wayfold = Target.Dependency.product(name: "Wayfold", package: "wayfold")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "Benchmarks",
    dependencies: [
        .package(name: "wayfold", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    ],
    targets: [
        .executableTarget(name: "generate", dependencies: [arguments], path: "Sources/Generate", swiftSettings: house),
        .executableTarget(
            name: "bare", dependencies: [wayfold], path: "Sources/Bare", swiftSettings: house),
        .executableTarget(name: "whole", dependencies: [wayfold], path: "Sources/Whole", swiftSettings: house),
        .target(name: "RivalsJob", dependencies: [wayfold], swiftSettings: house),
        .executableTarget(
            name: "measure", dependencies: [wayfold, "RivalsJob", arguments], path: "Sources/Measure",
            swiftSettings: house),
    ]
)
