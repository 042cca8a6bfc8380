import Touchpoints

/// The names of a leaf's members with what stands around them, one behind the other: a piece of a buffer is appended without
/// counting references.
struct LeafMembers: ~Copyable {
    let bytes: ByteBuffer
    let position: Range<Int>
    let recorded: Range<Int>
    let occurred: Range<Int>
    let sequence: Range<Int>
    let type: Range<Int>
    let source: Range<Int>
    let channel: Range<Int>
    let actor: Range<Int>
    let strand: Range<Int>
    let otherStrand: Range<Int>
    let flags: Range<Int>
    let amount: Range<Int>
    let currency: Range<Int>
    let session: Range<Int>
    let order: Range<Int>
    let identity: Range<Int>
    let content: Range<Int>
    let personal: Range<Int>
    let strands: Range<Int>
    let newStrand: Range<Int>
    let kind: Range<Int>
    let alias: Range<Int>
    let newStrandEnd: Range<Int>
    let data: Range<Int>
    let dataHash: Range<Int>
    /// With their values.
    let decisions: [Range<Int>]

    init() {
        var bytes = ByteBuffer()
        position = Self.add(#"{"position":"#, to: &bytes)
        recorded = Self.add(#","recorded":"#, to: &bytes)
        occurred = Self.add(#","occurred":"#, to: &bytes)
        sequence = Self.add(#","sequence":"#, to: &bytes)
        type = Self.add(#","type":"#, to: &bytes)
        source = Self.add(#","source":"#, to: &bytes)
        channel = Self.add(#","channel":"#, to: &bytes)
        actor = Self.add(#","actor":"#, to: &bytes)
        strand = Self.add(#","strand":"#, to: &bytes)
        otherStrand = Self.add(#","otherStrand":"#, to: &bytes)
        flags = Self.add(#","flags":"#, to: &bytes)
        amount = Self.add(#","amount":"#, to: &bytes)
        currency = Self.add(#","currency":""#, to: &bytes)
        session = Self.add(#","session":""#, to: &bytes)
        order = Self.add(#","order":""#, to: &bytes)
        identity = Self.add(#","identity":""#, to: &bytes)
        content = Self.add(#"","content":""#, to: &bytes)
        personal = Self.add(#"","personal":""#, to: &bytes)
        strands = Self.add(#","newStrands":"#, to: &bytes)
        newStrand = Self.add(#"{"strand":"#, to: &bytes)
        kind = Self.add(#","kind":"#, to: &bytes)
        alias = Self.add(#","alias":""#, to: &bytes)
        newStrandEnd = Self.add(#""}"#, to: &bytes)
        data = Self.add(#","data":"#, to: &bytes)
        dataHash = Self.add(#","dataSHA256":""#, to: &bytes)
        var decisions: [Range<Int>] = []
        for decision in IdentityDecision.allCases {
            decisions.append(Self.add(",\"decision\":\"\(decision.name)\"", to: &bytes))
        }
        self.decisions = decisions
        self.bytes = bytes
    }

    private static func add(_ text: String, to bytes: inout ByteBuffer) -> Range<Int> {
        let start = bytes.count
        bytes.append(text.utf8)
        return start..<bytes.count
    }
}
