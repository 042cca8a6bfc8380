/// A place in a JSON value by RFC 6901: the names and indexes on the way to it.
public struct JSONPointer: Hashable, Sendable {
    /// Names of members and indexes of elements, unescaped; none for the value as a whole.
    public var steps: [String]

    public init(steps: [String] = []) { self.steps = steps }

    /// Reads `/a/b~1c/0`; nil if it does not begin with a slash or holds an unknown escape.
    public init?(_ text: String) {
        guard !text.isEmpty else {
            self.init()
            return
        }
        guard text.utf8.first == UInt8(ascii: "/") else { return nil }
        var steps: [String] = []
        for step in text.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            guard let step = Self.unescaped(step) else { return nil }
            steps.append(step)
        }
        self.init(steps: steps)
    }

    private static func unescaped(_ step: Substring.UTF8View) -> String? {
        var bytes: [UInt8] = []
        var rest = step[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "~") else {
                bytes.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "0"): bytes.append(UInt8(ascii: "~"))
            case UInt8(ascii: "1"): bytes.append(UInt8(ascii: "/"))
            default: return nil
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The escaped form; empty for the value as a whole.
    public var text: String {
        var text = ByteBuffer()
        for step in steps { Self.append(step: step.utf8, to: &text) }
        return String(decoding: text.copied, as: UTF8.self)
    }

    fileprivate static func append(step: some Sequence<UInt8>, to text: inout ByteBuffer) {
        text.append(UInt8(ascii: "/"))
        for byte in step {
            switch byte {
            case UInt8(ascii: "~"): text.append("~0".utf8)
            case UInt8(ascii: "/"): text.append("~1".utf8)
            default: text.append(byte)
            }
        }
    }
}

extension JSONTape {
    /// The pointer from `root` to a node inside it. O(siblings on the way).
    public func pointer(to node: JSONNode, from root: JSONNode) -> JSONPointer {
        var text = ByteBuffer()
        appendPointer(to: node, from: root, &text)
        return JSONPointer(String(decoding: text.copied, as: UTF8.self))!
    }

    /// Appends the text of the pointer from `root` to a node inside it. O(siblings on the way).
    public func appendPointer(to node: JSONNode, from root: JSONNode, _ text: inout ByteBuffer) {
        var place = root.index
        while place != node.index {
            let isObject = entries[place].kind == .object
            var step = place + 1
            var index = 0
            // The value of a member is the entry behind its name.
            while Int(entries[isObject ? step + 1 : step].next) <= node.index {
                step = Int(entries[isObject ? step + 1 : step].next)
                index += 1
            }
            if !isObject {
                JSONPointer.append(step: String(index).utf8, to: &text)
            } else if entries[step].mark {
                JSONPointer.append(step: JSONText.decoded(bytes.span.bytes, entries[step].range), to: &text)
            } else {
                JSONPointer.append(step: bytes[entries[step].range], to: &text)
            }
            place = isObject ? step + 1 : step
        }
    }

    /// The node that the pointer leads to from `root`; nil if there is none.
    public func node(at pointer: JSONPointer, from root: JSONNode) -> JSONNode? {
        var place = root
        for step in pointer.steps {
            let inside: JSONNode?
            switch kind(of: place) {
            case .object: inside = member(step, of: place)
            case .array: inside = Self.index(step).flatMap { elements(of: place).dropFirst($0).first { _ in true } }
            default: inside = nil
            }
            guard let inside else { return nil }
            place = inside
        }
        return place
    }

    /// The index that a step names: digits without a leading zero.
    static func index(_ step: String) -> Int? {
        guard let index = Int(step), String(index) == step, index >= 0 else { return nil }
        return index
    }
}
