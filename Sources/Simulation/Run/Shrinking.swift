/// A smaller world that fails as well.
extension World {
    /// Leaves out steps and events as long as the world still fails, at most so many tries.
    ///
    /// - Parameter fails: what goes wrong in a world; nil if nothing does.
    public func shrunk(tries: Int = 400, fails: (World) async -> String?) async -> (world: World, failure: String)? {
        guard var failure = await fails(self) else { return nil }
        // The same thing must go wrong, as far as its first words say.
        let kind = failure.prefix { $0 != "," && $0 != ":" && !$0.isNumber }
        var smallest = self
        var left = tries
        var size = max(1, smallest.units.count / 2)
        while size >= 1, left > 0 {
            var start = 0
            var hasShrunk = false
            while start < smallest.units.count, left > 0 {
                let units = smallest.units
                let candidate = smallest.without(Set(units[start..<min(start + size, units.count)]))
                left -= 1
                if let other = await fails(candidate), other.hasPrefix(kind) {
                    smallest = candidate
                    failure = other
                    hasShrunk = true
                } else {
                    start += size
                }
            }
            if !hasShrunk || size > 1 { size /= 2 }
        }
        return (smallest, failure)
    }

    /// What can be left out: steps that append nothing, and single events.
    private struct Unit: Hashable {
        var step: Int
        var happening: Int?
    }

    private var units: [Unit] {
        steps.indices.flatMap { step -> [Unit] in
            guard case .append(let append) = steps[step] else { return [Unit(step: step)] }
            if append.isFirst { return [] }
            return append.happenings.indices.map { Unit(step: step, happening: $0) }
        }
    }

    private func without(_ gone: Set<Unit>) -> World {
        var world = self
        world.steps = steps.indices.compactMap { index in
            if gone.contains(Unit(step: index)) { return nil }
            guard case .append(var append) = steps[index] else { return steps[index] }
            append.happenings = append.happenings.indices.filter { !gone.contains(Unit(step: index, happening: $0)) }
                .map { append.happenings[$0] }
            return append.happenings.isEmpty ? nil : .append(append)
        }
        return world
    }
}

/// What a world does, for people.
extension World {
    /// A line for each step, and for each event.
    public var listing: [String] {
        steps.flatMap { step -> [String] in
            guard case .append(let append) = step else { return ["\(step)"] }
            let marks = [(append.isImport, " import"), (append.isBackfill, " backfill"), (append.isFirst, " first")]
            return ["append at \(append.now)" + marks.filter(\.0).map(\.1).joined()]
                + append.happenings.map { "    \($0)" }
        }
    }
}

extension Happening: CustomStringConvertible {
    var description: String {
        var words = ["\(id)", type.builtInName ?? typeName, occurred.map { "\($0)" } ?? "now"]
        if let alias { words.append("of \(alias)") }
        if !others.isEmpty { words.append("with \(others.map(\.description).joined(separator: " "))") }
        if let target { words.append("voids \(target)") }
        if sequence != 0 { words.append("sequence \(sequence)") }
        if session != 0 { words.append("session \(session)") }
        if order != 0 { words.append("order \(order)") }
        if let money { words.append("\(money.minorUnits) \(money.currency)") }
        if let points { words.append("\(points) points") }
        return (words + [caseID, about, data].filter { !$0.isEmpty }).joined(separator: " ")
    }
}
