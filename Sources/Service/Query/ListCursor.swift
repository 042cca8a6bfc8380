/// Where a page of a list begins, as callers hold it: `LIST.OFFSET.LIMIT`.
struct ListCursor: Equatable {
    /// What the shelf has called the list.
    let list: String
    /// The rows of the list that lie before.
    let offset: Int
    /// The rows of a page.
    let limit: Int

    init(list: String, offset: Int, limit: Int) {
        self.list = list
        self.offset = offset
        self.limit = limit
    }

    /// Nil for what was never given out.
    init?(_ text: String) {
        let words = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard words.count == 3, words[0].utf8.count == Self.listDigits, words[0].utf8.allSatisfy(Self.isHexadecimal),
            let offset = Int(words[1]), offset >= 0, let limit = Int(words[2]), 1...ViewsRoute.maxLimit ~= limit
        else { return nil }
        self.init(list: words[0], offset: offset, limit: limit)
        // Numbers can be written in more than one way.
        guard self.text == text else { return nil }
    }

    var text: String { "\(list).\(offset).\(limit)" }

    static let listDigits = 32

    private static func isHexadecimal(_ digit: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit)
            || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(digit)
    }
}
