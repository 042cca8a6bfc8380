import Projections
import Testing

@testable import Simulation

struct WorldTests {
    @Test func `a seed makes one world, and another seed another`() {
        let names = Catalogue.simulated.names
        for seed in 1...50 {
            let world = World(seed: seed, views: names)
            #expect(World(seed: seed, views: names).listing == world.listing)
            #expect(World(seed: seed + 1, views: names).listing != world.listing)
            #expect(!world.views.isEmpty)
        }
    }

    @Test func `numbers from a seed are the same on every machine`() {
        var random = SeededRandom(seed: 4711)
        #expect((0..<4).map { _ in random.number(0...999) } == [409, 916, 584, 698])
    }

    @Test func `the sizes of worlds differ`() {
        let counts = (1...300).map { World(seed: $0, views: ["rfm"]).eventCount }
        #expect(counts.contains { $0 < 8 })
        #expect(counts.contains { $0 > 100 })
    }
}
