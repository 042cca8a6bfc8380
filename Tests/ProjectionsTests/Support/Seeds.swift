import Glibc

/// The seeds of a property: 1...count, or as many as the environment's `SEEDS` says, or the one that its `SEED` names.
func seeds(_ count: Int) -> [Int] {
    func number(_ name: String) -> Int? { getenv(name).flatMap { Int(String(cString: $0)) } }
    if let seed = number("SEED") { return [seed] }
    return Array(1...(number("SEEDS") ?? count))
}
