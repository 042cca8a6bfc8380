import EventLog

/// The people of a world and what they are called: aliases of their own, and shared ones that change hands.
struct Cast {
    /// By person.
    private let own: [[Alias]]
    private let shared: [Alias]
    /// Values that are nobody's under the policies of worlds.
    private let blocked: [Alias]

    init(people: Int, _ random: inout SeededRandom) {
        let depth = random.number(1...5)
        own = (1...people).map { person in
            var aliases = [Alias(kind: "member", value: "\(person)")]
            for number in 1...depth {
                let kind = random.pick(["email", "cookie", "cookie", "device", "customer", "till", "member"])
                aliases.append(Alias(kind: kind, value: "\(person)-\(number)"))
            }
            return aliases
        }
        shared = ["device:lobby", "phone:1", "cookie:cafe", "device:tv"].map { text in
            let parts = text.split(separator: ":")
            return Alias(kind: String(parts[0]), value: String(parts[1]))
        }
        blocked = [
            Alias(kind: "member", value: "Anonymous"), Alias(kind: "email", value: "0000"),
            Alias(kind: "phone", value: "-"),
            Alias(kind: "cookie", value: "null"),
        ]
    }

    /// An alias of anybody; mostly one of a person's own.
    func alias(_ random: inout SeededRandom, blocked share: Int) -> Alias {
        if random.percent(share) { return random.pick(blocked) }
        if random.once(in: 8) { return random.pick(shared) }
        let aliases = random.pick(own)
        return random.once(in: 2) ? aliases[0] : random.pick(aliases)
    }

    /// Two aliases, mostly of one person, as an identification names them.
    func pair(_ random: inout SeededRandom, blocked share: Int) -> (Alias, Alias) {
        if random.once(in: 3) { return (alias(&random, blocked: share), alias(&random, blocked: share)) }
        let aliases = random.pick(own)
        let other = random.once(in: 4) ? random.pick(shared) : random.pick(aliases)
        let pair = (random.pick(aliases), other)
        return random.once(in: 2) ? pair : (pair.1, pair.0)
    }

    /// Some aliases, mostly of one person, as a split names them.
    func several(_ random: inout SeededRandom) -> [Alias] {
        let aliases = random.pick(own)
        let count = random.number(1...3)
        return (0..<count).map { _ in random.once(in: 6) ? alias(&random, blocked: 0) : random.pick(aliases) }
    }
}
