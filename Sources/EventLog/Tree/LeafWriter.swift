import Digests
import Touchpoints

/// Writes the leaves of the log's tree of hashes: for each event one JSON object that says everything that is stored of it.
///
/// ```text
/// {"position":7,"recorded":1772359200000000,"occurred":1772355600000000,"type":"order.paid","source":"//shop",
///  "channel":"web","actor":"user:ann","strand":3,"flags":4,"amount":1999,"currency":"EUR","order":"53d0...","identity":"9e2b...",
///  "content":"71c4...","personal":"b94d...","newStrands":[{"strand":3,"kind":"member","alias":"2cf2..."}],"orderid":"A-17",
///  "data":{"total":{"amount":"19.99","currency":"EUR"}}}
/// ```
///
/// Without spaces and line breaks; the members always in the order of ARCHITECTURE.md, section 4, those that say nothing left out.
/// `data` is the last one, so that no bytes of data can be taken for another member.
struct LeafWriter: ~Copyable {
    private var names = LeafNames()
    private var leaf = ByteBuffer()
    private var data = ByteBuffer()
    private var isDataHashed = false
    private let members = LeafMembers()

    /// Leaves are shorter than this: C2SP tlog-tiles writes the length of an entry in two bytes.
    static let maxByteCount = 65_535

    /// Takes over what a block names: before its events, and block by block.
    mutating func addNames(of block: borrowing BlockView) throws(LogError) { try names.add(block) }

    /// Hands on the leaves of some of a block's events, in their order.
    ///
    /// Takes any block whose events were checked; throws `damaged` where one cannot be written out.
    mutating func forEachLeaf(
        of block: borrowing BlockView, _ range: Range<Int>, _ body: (Int, RawSpan) throws -> Void
    ) throws {
        var strands = NewStrands(block)
        for index in 0..<range.upperBound {
            let event = block.event(index)
            let new = strands.take(event, isLast: index == block.count - 1)
            guard range.contains(index) else { continue }
            do {
                try write(event, index, of: block, new)
            } catch let malformed as ClearPart.Malformed {
                throw LogError.damaged(event.position, malformed.what)
            }
            try body(index, leaf.span.bytes)
        }
    }

    /// The data of the last leaf where that has only their hash, else nil.
    var hashedData: [UInt8]? { isDataHashed ? data.copied : nil }

    private mutating func write(
        _ event: borrowing EventView, _ index: Int, of block: borrowing BlockView, _ new: Range<Int>
    ) throws {
        leaf.removeAll()
        append(members.position, event.position.rawValue)
        append(members.recorded, event.recorded.rawValue)
        append(members.occurred, event.occurred.rawValue)
        append(members.sequence, event.sequence)
        try append(members.type, event.type.rawValue, .type, at: event.position)
        try append(members.source, event.source.rawValue, .source, at: event.position)
        try append(members.channel, event.channel.rawValue, .channel, at: event.position)
        try append(members.actor, event.actor.rawValue, .actor, at: event.position)
        append(members.strand, UInt64(event.strand.rawValue))
        append(members.otherStrand, UInt64(event.otherStrand.rawValue))
        try append(decision: event.decisionNumber, at: event.position)
        append(members.flags, UInt64(event.flags.rawValue))
        append(members.amount, event.rawAmount)
        try append(event.rawCurrency, at: event.position)
        append(members.session, hash: event.session)
        append(members.order, hash: event.order)
        let identity = block.identity(index)
        leaf.append(members.bytes, members.identity)
        leaf.append(hexadecimal: identity.high)
        leaf.append(hexadecimal: identity.low)
        leaf.append(members.bytes, members.content)
        leaf.append(hexadecimal: block.content(index))
        leaf.append(members.bytes, members.personal)
        leaf.append(hexadecimal: block.personalDigest(index).span)
        leaf.append(UInt8(ascii: "\""))
        try append(new, of: block, at: event.position)
        let dataStart = try ClearPart.appendAttributes(of: event.clearBytes, to: &leaf)
        try append(data: event.clearBytes.extracting(droppingFirst: dataStart))
        leaf.append(UInt8(ascii: "}"))
    }
}

/// Members.
extension LeafWriter {
    private mutating func append(_ name: Range<Int>, _ number: UInt64) {
        if number == 0 { return }
        leaf.append(members.bytes, name)
        leaf.append(decimal: number)
    }

    private mutating func append(_ name: Range<Int>, _ number: Int64) {
        if number == 0 { return }
        leaf.append(members.bytes, name)
        leaf.append(decimal: number)
    }

    private mutating func append(_ name: Range<Int>, hash: UInt64) {
        if hash == 0 { return }
        leaf.append(members.bytes, name)
        leaf.append(hexadecimal: hash)
        leaf.append(UInt8(ascii: "\""))
    }

    private mutating func append(
        _ name: Range<Int>, _ number: UInt16, _ table: NameAddition.Table, at position: Position
    ) throws(LogError) {
        if number == 0 { return }
        let place = names.place(number, in: table)
        guard !place.isEmpty else { throw .damaged(position, "nothing up to here names the \(table) \(number)") }
        leaf.append(members.bytes, name)
        leaf.append(names.bytes, place)
    }

    private mutating func append(decision number: UInt16, at position: Position) throws(LogError) {
        if number == 0 { return }
        guard Int(number) < members.decisions.count else { throw .damaged(position, "the decision is none") }
        leaf.append(members.bytes, members.decisions[Int(number)])
    }

    private mutating func append(_ currency: UInt32, at position: Position) throws(LogError) {
        if currency == 0 { return }
        guard Currency(code: Currency(packed: currency).code)?.packed == currency else {
            throw .damaged(position, "the currency is none")
        }
        leaf.append(members.bytes, members.currency)
        leaf.append(Currency(packed: currency).code.utf8)
        leaf.append(UInt8(ascii: "\""))
    }

    /// The strands that the event has brought, with their kinds and the hashes of their aliases.
    private mutating func append(
        _ new: Range<Int>, of block: borrowing BlockView, at position: Position
    ) throws(LogError) {
        if new.isEmpty { return }
        leaf.append(members.bytes, members.strands)
        for index in new {
            leaf.append(index == new.lowerBound ? UInt8(ascii: "[") : UInt8(ascii: ","))
            let kind = block.kindOfNewStrand(index).rawValue
            let place = names.place(kind, in: .kind)
            guard !place.isEmpty else { throw .damaged(position, "nothing up to here names the kind \(kind)") }
            leaf.append(members.bytes, members.newStrand)
            leaf.append(decimal: UInt64(block.strandsBefore) + UInt64(index) + 1)
            leaf.append(members.bytes, members.kind)
            leaf.append(names.bytes, place)
            leaf.append(members.bytes, members.alias)
            leaf.append(hexadecimal: block.aliasDigest(index).span)
            leaf.append(members.bytes, members.newStrandEnd)
        }
        leaf.append(UInt8(ascii: "]"))
    }

    /// The data, or their hash where they would make the leaf too long.
    private mutating func append(data stored: RawSpan) throws(ClearPart.Malformed) {
        isDataHashed = false
        if stored.byteCount == 0 { return }
        data.removeAll()
        try ClearPart.appendData(stored, to: &data)
        guard leaf.count + members.data.count + data.count < Self.maxByteCount else {
            isDataHashed = true
            leaf.append(members.bytes, members.dataHash)
            leaf.append(hexadecimal: SHA256.digest(of: data.span.bytes).span)
            return leaf.append(UInt8(ascii: "\""))
        }
        leaf.append(members.bytes, members.data)
        leaf.append(data, 0..<data.count)
    }
}
