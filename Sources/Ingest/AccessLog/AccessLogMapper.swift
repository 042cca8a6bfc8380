import Digests
import Policies
import Touchpoints

/// Makes an event of a line: `page.viewed` of a page that was got, `request.served` of everything else.
struct AccessLogMapper: ~Copyable {
    private let policy: AccessLogPolicy
    private let assetEndings: Set<String>
    private let bots: AgentPatterns
    private var decoder: EventDecoder
    private var tape = JSONTape()
    /// How often a line was seen.
    private var ordinals: [Hash128: UInt32] = [:]

    init(decoder: consuming EventDecoder, policy: AccessLogPolicy) {
        self.policy = policy
        self.decoder = decoder
        assetEndings = Set(policy.assetEndings)
        bots = AgentPatterns(policy.botAgents)
    }

    mutating func take(_ line: LineFraming.Line, _ batch: inout DraftBatch, _ rejected: inout [RejectedEvent]) {
        do throws(Refusal) {
            if line.isTooLong {
                throw Refusal(field: "", reason: "the line is longer than \(EventReader.maximalEventBytes) bytes")
            }
            let fields = try AccessLogLine(line.bytes)
            let id = id(of: line.bytes)
            let json = try event(of: fields, id: id)
            // Texts are repaired where they are not UTF-8, so that this is JSON.
            do { try tape.scan(json) } catch { throw Refusal(field: "", reason: "\(error)") }
            try decoder.decode(tape.root, of: tape, line: line.number, into: &batch)
        } catch {
            rejected.append(RejectedEvent(line: line.number, refusal: error, raw: Array(line.bytes)))
        }
    }

    private mutating func id(of line: ArraySlice<UInt8>) -> [UInt8] {
        let digest = SHA256.digest(of: Array(line).span.bytes).description.utf8.prefix(32)
        let identity = decoder.context.keys.identity(source: policy.source.utf8, id: digest)
        let ordinal = ordinals[identity, default: 0] + 1
        ordinals[identity] = ordinal
        return Array(digest) + Array("-\(ordinal)".utf8)
    }
}

extension AccessLogMapper {
    private func event(of line: AccessLogLine, id: [UInt8]) throws(Refusal) -> [UInt8] {
        let request = line.request.flatMap { AccessLogRequest($0) }
        let isPage = request.map { $0.method == Array("GET".utf8) && !$0.hasEnding(of: assetEndings) } ?? false
        let isBot = line.agent.map { bots.contain($0) } ?? false
        var text = JSONObjectText()
        text.append("specversion", text: "1.0".utf8)
        text.append("id", text: id)
        text.append("source", text: policy.source.utf8)
        text.append("type", text: (isPage && line.status < 400 ? "page.viewed" : "request.served").utf8)
        text.append("time", text: try line.instant().description.utf8)
        text.append("channel", text: (isBot ? policy.botChannel : policy.channel).utf8)
        let (cookie, durationMs) = try others(of: line)
        text.append("subject", text: subject(of: line, cookie))
        text.append("data", data(of: line, request, durationMs))
        return text.closed
    }

    private func subject(of line: AccessLogLine, _ cookie: [UInt8]?) -> [UInt8] {
        if let cookie { return Array("\(policy.cookieKind):".utf8) + Self.repaired(cookie) }
        let hash = decoder.context.keys.device(address: line.address, agent: line.agent ?? [])
        let digits = [hash.high, hash.low].map { word in
            let text = String(word, radix: 16)
            return String(repeating: "0", count: 16 - text.utf8.count) + text
        }
        return Array("\(policy.deviceKind):\(digits.joined())".utf8)
    }

    /// What the fields behind the agent say: a cookie, and milliseconds as a number of JSON.
    private func others(of line: AccessLogLine) throws(Refusal) -> (cookie: [UInt8]?, durationMs: [UInt8]?) {
        guard line.others.count <= policy.fields.count else {
            throw Refusal(
                field: "",
                reason: "\(line.others.count) fields stand behind the agent, and the policy names "
                    + "\(policy.fields.count) (accessLog.fields)")
        }
        var cookie: [UInt8]?
        var durationMs: [UInt8]?
        for case (let value?, let field) in zip(line.others, policy.fields) {
            switch field {
            case .cookie: cookie = value
            case .duration: durationMs = try Self.milliseconds(value)
            case .ignored: break
            }
        }
        return (cookie, durationMs)
    }

    /// Seconds with a point, as nginx writes them, or whole microseconds, as Apache does.
    private static func milliseconds(_ text: [UInt8]) throws(Refusal) -> [UInt8] {
        let isSeconds = text.contains(UInt8(ascii: "."))
        guard let microseconds = try? Decimal.scaled(text.span, digits: isSeconds ? 6 : 0), microseconds >= 0 else {
            throw Refusal(field: "duration", reason: "expected seconds like 0.184 or whole microseconds")
        }
        var digits = Decimal.text(microseconds, digits: 3)
        while digits.last == "0" { digits.removeLast() }
        if digits.last == "." { digits.removeLast() }
        return Array(digits.utf8)
    }

    private func data(of line: AccessLogLine, _ request: AccessLogRequest?, _ durationMs: [UInt8]?) -> [UInt8] {
        var data = JSONObjectText()
        if let request {
            data.append("path", text: Self.repaired(request.path))
            if request.target != request.path { data.append("url", text: Self.repaired(request.target)) }
            if request.method != Array("GET".utf8) { data.append("method", text: Self.repaired(request.method)) }
        } else if let request = line.request {
            data.append("request", text: Self.repaired(request))
        }
        data.append("status", "\(line.status)".utf8)
        if let byteCount = line.byteCount { data.append("bytes", "\(byteCount)".utf8) }
        if let durationMs { data.append("durationMs", durationMs) }
        if let referrer = line.referrer {
            data.append("referrer", text: Self.repaired(referrer))
            if let host = AccessLogRequest.hostAndRest(referrer[...])?.host {
                data.append("referrerHost", text: Self.repaired(host))
            }
        }
        if let agent = line.agent { data.append("userAgent", text: Self.repaired(agent)) }
        if let user = line.user { data.append("user", text: Self.repaired(user)) }
        return data.closed
    }

    /// The text, with U+FFFD for what is not UTF-8.
    private static func repaired(_ text: [UInt8]) -> [UInt8] { Array(String(decoding: text, as: UTF8.self).utf8) }
}
