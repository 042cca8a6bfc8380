import Touchpoints

/// Worlds in which customers join and part and events are taken back, at random moments.
extension World {
    /// Writes the history by hand, with decisions among its events.
    func scribe(seed: Int, decisionsPerCommit: Int = 4) async throws -> Scribe {
        var random = SplitMix(seed: seed &+ 77)
        let scribe = try await Scribe()
        for commit in commits {
            var acts: [Scribe.Act] = commit.happenings.map { .event($0) }
            // Some members are only known by decisions.
            let members = random.number(2...6)
            for _ in 0..<random.number(0...decisionsPerCommit) {
                let (a, b) = (random.number(1...members), random.number(1...members))
                let act: Scribe.Act? =
                    switch random.number(1...8) {
                    case 1, 2, 3: a == b ? nil : .join(a, b)
                    case 4: a == b ? nil : .move(a, to: b)
                    case 5, 6: Self.split(of: scribe.companions(of: a), &random)
                    default: scribe.folded.isEmpty ? nil : .void(random.pick(scribe.folded))
                    }
                if let act { acts.insert(act, at: random.number(0...acts.count)) }
            }
            // An event of this very commit, known by where it will stand.
            let first = scribe.position.rawValue + 1
            let own = acts.indices.filter { acts[$0].isFoldedEvent }
            if random.once(in: 3), let index = own.last {
                acts.append(.void(Position(first + UInt64(index))))
            }
            try scribe.append(acts, at: commit.now, now: commit.now, isImport: commit.isImport)
        }
        return scribe
    }

    private static func split(of members: [Int], _ random: inout SplitMix) -> Scribe.Act? {
        guard members.count > 1 else { return nil }
        let count = random.number(1...members.count - 1)
        return .split(Array(members.shuffled(using: &random).prefix(count)))
    }
}

extension Scribe.Act {
    fileprivate var isFoldedEvent: Bool {
        guard case .event(let happening) = self else { return false }
        return happening.type.role != .recordOnly
    }
}
