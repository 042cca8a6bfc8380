extension IdentityPolicy {
    init?(_ map: MapReader, base: IdentityPolicy?) {
        let kinds = map.value("kinds", else: base?.kinds) { field in
            field.list(0...100) { AliasKind($0) }.flatMap { field.unique($0, by: \.name) }
        }
        let kindsBySource = map.value("sources", else: base?.kindsBySource) { field in
            MapReader(field).map { sources in
                Dictionary(
                    sources.pairs { key, value in
                        guard let source = key.text("a source"), let kind = value.kind() else { return nil }
                        return (source, kind)
                    }, uniquingKeysWith: { first, _ in first })
            }
        }
        let hiddenKinds = map.value("hideKinds", else: base?.hiddenKinds) { field in
            field.list(0...100) { $0.kind(orOfSource: true) }.flatMap { field.unique($0, by: \.self) }
        }
        let blockedValues = map.value("blockedValues", else: base?.blockedValues) { field in
            field.list(0...1000) { $0.blockedValue() }
        }
        map.finish()
        guard let kinds, let kindsBySource, let hiddenKinds, let blockedValues else { return nil }
        self.init(
            kinds: kinds, kindsBySource: kindsBySource, hiddenKinds: hiddenKinds, blockedValues: blockedValues)
    }
}

extension IdentityPolicy.AliasKind {
    fileprivate init?(_ field: Field) {
        guard let map = MapReader(field) else { return nil }
        let name = map.value("name", else: nil) { $0.kind(orOfSource: true) }
        let scope = map.value("scope", else: .exclusive) { $0.choice(of: IdentityPolicy.Scope.self) }
        let limit = map.value("limit") { $0.whole(in: 1...1_000_000) }
        let perDays = map.value("perDays") { field -> Int? in
            if !map.has("limit") { field.wrong("needs \"limit\" beside it: how many may join in so many days") }
            return field.whole(in: 1...36_500)
        }
        map.finish()
        guard let name, let scope else { return nil }
        self.init(name: name, scope: scope, limit: limit, perDays: perDays)
    }
}

extension Field {
    /// `[a-z][a-z0-9_]*`, or the kind that a source has by itself, `id@...`.
    func kind(orOfSource: Bool = false) -> String? {
        let expected = "a kind like member (small letters, digits, _)"
        guard let text = text(expected) else { return nil }
        if orOfSource, text.hasPrefix("id@"), text.utf8.count > 3, !text.contains(":") { return text }
        guard let first = text.unicodeScalars.first, ("a"..."z").contains(first), text.utf8.count <= 64,
            text.unicodeScalars.allSatisfy({ ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "_" })
        else { return refuse(expected) }
        return text
    }

    fileprivate func blockedValue() -> String? {
        let expected = "a value as text (one like \"null\" in quotation marks)"
        guard let text = text(expected) else { return nil }
        return text.isEmpty ? refuse(expected) : text
    }

    /// The elements, if no two have the same name.
    func unique<Element>(_ elements: [Element], by name: (Element) -> String) -> [Element]? {
        var seen: Set<String> = []
        let twice = elements.map(name).filter { !seen.insert($0).inserted }
        guard let first = twice.first else { return elements }
        wrong("\"\(first)\" is there twice")
        return nil
    }
}
