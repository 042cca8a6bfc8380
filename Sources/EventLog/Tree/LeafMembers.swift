import Touchpoints

/// The names of a leaf's members with what stands around them.
struct LeafMembers {
    let position = Array(#"{"position":"#.utf8)
    let recorded = Array(#","recorded":"#.utf8)
    let occurred = Array(#","occurred":"#.utf8)
    let sequence = Array(#","sequence":"#.utf8)
    let type = Array(#","type":"#.utf8)
    let source = Array(#","source":"#.utf8)
    let channel = Array(#","channel":"#.utf8)
    let actor = Array(#","actor":"#.utf8)
    let strand = Array(#","strand":"#.utf8)
    let otherStrand = Array(#","otherStrand":"#.utf8)
    /// With their values.
    let decisions = IdentityDecision.allCases.map { Array(",\"decision\":\"\($0.name)\"".utf8) }
    let flags = Array(#","flags":"#.utf8)
    let amount = Array(#","amount":"#.utf8)
    let currency = Array(#","currency":""#.utf8)
    let session = Array(#","session":""#.utf8)
    let order = Array(#","order":""#.utf8)
    let identity = Array(#","identity":""#.utf8)
    let content = Array(#"","content":""#.utf8)
    let personal = Array(#"","personal":""#.utf8)
    let strands = Array(#","newStrands":"#.utf8)
    let newStrand = Array(#"{"strand":"#.utf8)
    let kind = Array(#","kind":"#.utf8)
    let alias = Array(#","alias":""#.utf8)
    let newStrandEnd = Array(#""}"#.utf8)
    let data = Array(#","data":"#.utf8)
    let dataHash = Array(#","dataSHA256":""#.utf8)
}
