import Glibc
import Projections
import Simulation

/// Worlds from seeds, each held against the slow model: `tools/simulate`.
@main struct Simulate {
    static func main() async {
        let arguments: Arguments
        do { arguments = try Arguments(Array(CommandLine.arguments.dropFirst())) } catch {
            say("\((error as? Arguments.Wrong)?.message ?? "\(error)")\n\(Arguments.usage)", to: STDERR_FILENO)
            exit(2)
        }
        if let seed = arguments.seed, let folder = arguments.exportFolder {
            exit(await export(seed, to: folder))
        } else if let seed = arguments.seed {
            exit(await one(seed))
        } else if let stripe = arguments.stripe {
            await some(stride(from: arguments.from + stripe, to: arguments.from + arguments.seeds, by: arguments.jobs))
        } else {
            exit(await all(arguments))
        }
    }

    static func world(_ seed: Int) -> World { World(seed: seed, views: Catalogue.simulated.names) }

    /// What goes wrong in a world; nil if nothing does.
    static func failure(of world: World) async -> String? {
        do {
            _ = try await WorldRun.run(world, .simulated)
            return nil
        } catch {
            return "\(error)"
        }
    }

    /// One world: what it is, and where it fails a smaller one.
    private static func one(_ seed: Int) async -> CInt {
        let world = world(seed)
        say("seed \(seed): \(world.eventCount) events, views \(world.views.joined(separator: ", "))", to: STDERR_FILENO)
        guard let (small, failure) = await world.shrunk(fails: failure) else {
            say("seed \(seed) agrees with the model")
            return 0
        }
        for line in small.listing { say("    \(line)") }
        say("tools/simulate --seed \(seed): \(failure)")
        return 1
    }

    /// The worlds of one process of several; says each before it begins, so that one that ends the process is known.
    private static func some(_ seeds: StrideTo<Int>) async {
        var counts = ExerciseCounts()
        for seed in seeds {
            say("begin \(seed)")
            do { counts += try await WorldRun.run(world(seed), .simulated) } catch {
                say("fail \(seed) \("\(error)".split(separator: "\n").joined(separator: " "))")
                return
            }
        }
        say("done \(counts)")
    }

    /// All worlds, in as many processes as asked for.
    private static func all(_ arguments: Arguments) async -> CInt {
        let crew = Crew(arguments)
        let start = ContinuousClock.now
        let failures = crew.run()
        guard let first = failures.min(by: { $0.seed < $1.seed }) else {
            return report(crew, arguments, took: ContinuousClock.now - start)
        }
        say("tools/simulate --seed \(first.seed): \(first.what)")
        if first.isTrap || arguments.isQuick { return 1 }
        if let (small, failure) = await world(first.seed).shrunk(tries: 150, fails: failure) {
            say("\(small.eventCount) of its events in \(small.stepCount) steps are enough: \(failure)")
        }
        return 1
    }

    private static func report(_ crew: Crew, _ arguments: Arguments, took: Duration) -> CInt {
        say("\(arguments.seeds) seeds agree with the model: \(crew.counts)")
        say("took \(took.components.seconds) s", to: STDERR_FILENO)
        let missing = crew.counts.missing
        guard arguments.seeds >= 500, !missing.isEmpty else { return 0 }
        say("never exercised: \(missing.map(\.rawValue).joined(separator: ", "))")
        return 1
    }
}
