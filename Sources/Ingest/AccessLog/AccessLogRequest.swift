import Touchpoints

/// What a client asked for: `GET /shoes?x=1 HTTP/1.1`.
struct AccessLogRequest: Equatable {
    /// In the letters in which it came.
    var method: [UInt8]
    /// The path without host, query and fragment; it begins with a slash.
    var path: [UInt8]
    /// As it came: a path with its query, or a whole address.
    var target: [UInt8]

    /// nil for anything else, such as what somebody sent who takes the server for another one.
    init?(_ request: [UInt8]) {
        let words = request.split(separator: UInt8(ascii: " "))
        guard words.count == 3, words[2].starts(with: "HTTP/".utf8), let path = Self.path(words[1]) else { return nil }
        method = Array(words[0])
        target = Array(words[1])
        self.path = path
    }

    private static func path(_ target: ArraySlice<UInt8>) -> [UInt8]? {
        var rest = target
        if rest.first != UInt8(ascii: "/") {
            guard let host = Self.hostAndRest(target) else { return nil }
            rest = host.rest
        }
        let path = rest.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        return path.isEmpty ? [UInt8(ascii: "/")] : Array(path)
    }

    /// The host of an address, and what stands behind it; nil for what is no address.
    static func hostAndRest(_ address: ArraySlice<UInt8>) -> (host: [UInt8], rest: ArraySlice<UInt8>)? {
        for scheme in ["http://", "https://"] where address.starts(with: scheme.utf8) {
            let rest = address.dropFirst(scheme.utf8.count)
            let host = rest.prefix { ![UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#")].contains($0) }
            // Before an @ stands who asks.
            let name = host[((host.lastIndex(of: UInt8(ascii: "@")) ?? host.startIndex - 1) + 1)...]
            return name.isEmpty ? nil : (Array(name), rest.dropFirst(host.count))
        }
        return nil
    }

    /// Whether the path ends as one of these: `css` as `/shop/main.css`, in small or capital letters.
    func hasEnding(of endings: Set<String>) -> Bool {
        let name = path[((path.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1)...]
        guard let point = name.lastIndex(of: UInt8(ascii: ".")) else { return false }
        return endings.contains(String(decoding: name[(point + 1)...], as: UTF8.self).lowercased())
    }
}
