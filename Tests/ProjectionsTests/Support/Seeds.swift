import Glibc

/// The seeds of a property: 1...count, or the one that the environment's `SEED` names.
func seeds(_ count: Int) -> [Int] {
    if let text = getenv("SEED"), let seed = Int(String(cString: text)) { return [seed] }
    return Array(1...count)
}
