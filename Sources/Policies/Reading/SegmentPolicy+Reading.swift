import Touchpoints

extension SegmentPolicy {
    init?(_ map: MapReader, base: SegmentPolicy?) {
        let source = map.value("source", else: base?.source) { $0.text("a source") }
        let userKind = map.value("userId", else: base?.userKind) { $0.kind() }
        let anonymousKind = map.value("anonymousId", else: base?.anonymousKind) { $0.kind() }
        let previousKind = map.value("previousId", else: base?.previousKind) { $0.kind() }
        let currency = map.value("currency", else: base?.currency) { $0.currency() }
        let channels = map.value("channels", else: base?.channels) { $0.texts("a channel") }
        let events = map.value("events", else: base?.events) { field in
            field.list(0...1000) { Event($0) }.flatMap { field.unique($0, by: \.name) }
        }
        map.finish()
        guard let source, let userKind, let anonymousKind, let previousKind, let currency, let channels, let events
        else { return nil }
        self.init(
            source: source, userKind: userKind, anonymousKind: anonymousKind, previousKind: previousKind,
            currency: currency, channels: channels, events: events)
    }
}

extension SegmentPolicy.Event {
    fileprivate init?(_ field: Field) {
        guard let map = MapReader(field) else { return nil }
        let name = map.value("name", else: nil) { $0.text("the name of an event like Order Completed") }
        let type = map.value("type", else: nil) { $0.sentType() }
        let data = map.value("data", else: [:]) { field in
            field.texts("a name in data").flatMap { texts in
                // There stands what else a message says.
                texts["segment"] == nil ? texts : field.refuse("names other than segment")
            }
        }
        map.finish()
        guard let name, let type, let data else { return nil }
        self.init(name: name, type: type, data: data)
    }
}

extension Field {
    /// Texts by free keys.
    fileprivate func texts(_ key: String) -> [String: String]? {
        MapReader(self).map { map in
            Dictionary(
                map.pairs { name, value in
                    guard let name = name.text(key), let text = value.text() else { return nil }
                    return (name, text)
                }, uniquingKeysWith: { first, _ in first })
        }
    }

    /// The name of a type whose events can be sent as they are.
    fileprivate func sentType() -> String? {
        guard let text = text("an event type like order.paid") else { return nil }
        if EventType(builtIn: text)?.role == .recordOnly || text.hasPrefix("admin.") {
            wrong("\"\(text)\" is no type that a track call can be")
            return nil
        }
        return text
    }
}
