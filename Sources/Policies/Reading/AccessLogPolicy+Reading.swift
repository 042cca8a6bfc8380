extension AccessLogPolicy {
    init?(_ map: MapReader, base: AccessLogPolicy?) {
        let source = map.value("source", else: base?.source) { $0.text("a source") }
        let channel = map.value("channel", else: base?.channel) { $0.text("a channel") }
        let botChannel = map.value("botChannel", else: base?.botChannel) { $0.text("a channel") }
        let cookieKind = map.value("cookie", else: base?.cookieKind) { $0.kind() }
        let deviceKind = map.value("device", else: base?.deviceKind) { $0.kind() }
        let fields = map.value("fields", else: base?.fields) { field in
            field.list(0...20) { $0.choice(of: Field.self) }
        }
        let assetEndings = map.value("assets", else: base?.assetEndings) { field in
            field.list(0...1000) { $0.smallText("an ending like css") }
        }
        let botAgents = map.value("bots", else: base?.botAgents) { field in
            field.list(0...1000) { $0.smallText("a piece of an agent's name like crawl") }
        }
        map.finish()
        guard let source, let channel, let botChannel, let cookieKind, let deviceKind, let fields, let assetEndings,
            let botAgents
        else { return nil }
        self.init(
            source: source, channel: channel, botChannel: botChannel, cookieKind: cookieKind, deviceKind: deviceKind,
            fields: fields, assetEndings: assetEndings, botAgents: botAgents)
    }
}

extension Field {
    /// A text without capital letters, which is not empty.
    fileprivate func smallText(_ expected: String) -> String? {
        guard let text = text(expected) else { return nil }
        let isSmall = !text.utf8.isEmpty && !text.utf8.contains { $0 &- UInt8(ascii: "A") < 26 }
        return isSmall ? text : refuse(expected + ", in small letters")
    }
}
