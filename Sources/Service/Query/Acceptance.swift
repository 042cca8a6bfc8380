/// What a client takes, by `Accept` (RFC 9110, 12.5.1).
struct Acceptance {
    private let ranges: [(type: String, quality: Double)]
    /// Whatever there is, which is what most programs say.
    private let isAny: Bool

    /// - Parameter header: nil: everything.
    init(_ header: String?) {
        isAny = header == nil || header == "*/*"
        guard let header, !isAny else {
            ranges = []
            return
        }
        ranges = header.split(separator: ",").map { range in
            let parts = range.split(separator: ";").map { $0.filter { $0 != " " }.lowercased() }
            let quality = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) }
            return (parts.first ?? "", quality ?? 1)
        }
    }

    /// The one that the client likes best, the first of equals; nil where it takes none.
    func best(of types: [String]) -> String? {
        if isAny { return types.first }
        var best: (type: String, quality: Double)?
        for type in types {
            let quality = quality(of: type)
            if quality > best?.quality ?? 0 { best = (type, quality) }
        }
        return best?.type
    }

    /// By the most particular range that names the type.
    private func quality(of type: String) -> Double {
        let family = type.prefix { $0 != "/" } + "/*"
        for name in [type, String(family), "*/*"] {
            if let range = ranges.first(where: { $0.type == name }) { return range.quality }
        }
        return 0
    }
}
