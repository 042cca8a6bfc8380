import Touchpoints

/// What a batch says once for all of its messages.
struct SegmentShared {
    private(set) var sentAt: Timestamp?
    /// The members of `context`; those of a message's own go before them.
    private(set) var context: [(name: String, json: [UInt8])] = []

    init() {}

    init(of shell: JSONTape) {
        if let node = shell.member("sentAt", of: shell.root) { sentAt = SegmentClock.known(node, of: shell) }
        guard let node = shell.member("context", of: shell.root) else { return }
        for (name, value) in shell.members(of: node) {
            context.append((shell.text(of: name)!, Array(shell.written(value))))
        }
    }
}

extension SegmentMessage {
    /// What an event keeps of its message beside data and attributes: the context without the address that it came
    /// from, and members that mean nothing to us.
    ///
    /// - Parameter aside: properties that could not stand in the data.
    func rest(_ shared: SegmentShared, hasChannel: Bool, aside: JSONObjectText) -> JSONObjectText {
        var rest = JSONObjectText()
        let context = context(shared)
        if !context.isEmpty { rest.append("context", context.closed) }
        if let anonymousID, userID != nil, call != .identify { rest.append("anonymousId", text: anonymousID) }
        if let previousID, call != .alias { rest.append("previousId", text: previousID) }
        if let groupID, call != .group { rest.append("groupId", text: groupID) }
        if let traits, call != .identify, call != .group { rest.append("traits", tape.written(traits)) }
        if let channel, !hasChannel { rest.append("channel", tape.written(channel)) }
        if [.identify, .group, .alias].contains(call), let properties {
            rest.append("properties", tape.written(properties))
        } else if !aside.isEmpty {
            rest.append("properties", aside.closed)
        }
        for (name, value) in others { rest.append(tape.utf8(of: name), tape.written(value)) }
        return rest
    }

    private func context(_ shared: SegmentShared) -> JSONObjectText {
        var text = JSONObjectText()
        var own: Set<String> = ["ip"]
        let traits = traitsOfContext
        for (name, node) in SegmentProperties.members(of: context, tape) where node != traits && name != "ip" {
            own.insert(name)
            text.append(name, tape.written(node))
        }
        for (name, json) in shared.context where !own.contains(name) { text.append(name, json) }
        return text
    }
}
