import Touchpoints

/// A line of a web server's log in the combined format, cut into its fields.
///
/// ```text
/// 2001:db8::7 - ada [10/Oct/2025:13:55:36 +0200] "GET /shoes?x=1 HTTP/1.1" 200 2326 "https://a.example/" "Mozilla/5.0" 0.184
/// address     - user [time] "request" status bytes "referrer" "agent" and what the policy names
/// ```
struct AccessLogLine: Equatable {
    var address: [UInt8]
    /// nil, as below: the log has a hyphen.
    var user: [UInt8]?
    /// As `10/Oct/2025:13:55:36 +0200`.
    var time: [UInt8]
    var request: [UInt8]?
    var status: Int
    /// Of the answer without its head.
    var byteCount: Int64?
    var referrer: [UInt8]?
    var agent: [UInt8]?
    /// What stands behind the agent.
    var others: [[UInt8]?] = []

    /// Refuses a line of another form, with the field that is wrong.
    init(_ line: ArraySlice<UInt8>) throws(Refusal) {
        var scan = AccessLogScan(line)
        address = try scan.word("address")
        if address.isEmpty { throw Refusal(field: "address", reason: "is empty") }
        _ = try scan.word("identity")
        user = Self.known(try scan.word("user"))
        time = try scan.bracketed("time")
        request = Self.known(try scan.quoted("request"))
        let status = try scan.word("status")
        guard status.count == 3, let number = Self.number(status), (100...599).contains(number) else {
            throw Refusal(field: "status", reason: "expected a number from 100 to 599")
        }
        self.status = Int(number)
        if let bytes = Self.known(try scan.word("bytes")) {
            guard let number = Self.number(bytes) else { throw Refusal(field: "bytes", reason: "expected a number") }
            byteCount = number
        }
        referrer = Self.known(try scan.quoted("referrer"))
        agent = Self.known(try scan.quoted("agent"))
        while !scan.isAtEnd { others.append(Self.known(try scan.field("the field behind the agent"))) }
    }

    private static func known(_ text: [UInt8]) -> [UInt8]? { text.isEmpty || text == [UInt8(ascii: "-")] ? nil : text }

    private static func number(_ text: [UInt8]) -> Int64? { try? Decimal.scaled(text.span, digits: 0) }
}

extension AccessLogLine {
    /// The time; refuses one that there is not.
    func instant() throws(Refusal) -> Timestamp {
        // 10/Oct/2025:13:55:36 +0200 as 2025-10-10T13:55:36+02:00
        let expected = Refusal(field: "time", reason: "expected a time like 10/Oct/2025:13:55:36 +0200")
        let text = String(decoding: time, as: UTF8.self)
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        guard time.count == 26, parts.count == 2 else { throw expected }
        let date = parts[0].split(separator: "/").map(String.init)
        let clock = parts[1].split(separator: " ").map(String.init)
        guard date.count == 3, clock.count == 2, clock[1].utf8.count == 5,
            let month = Self.months.firstIndex(of: date[1])
        else { throw expected }
        let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
        let offset = "\(clock[1].prefix(3)):\(clock[1].suffix(2))"
        do throws(TimestampError) {
            return try Timestamp(rfc3339: "\(date[2])-\(number)-\(date[0])T\(clock[0])\(offset)")
        } catch .form {
            throw expected
        } catch {
            throw Refusal(field: "time", reason: "\(error)")
        }
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
