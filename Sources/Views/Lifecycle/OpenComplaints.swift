import Projections
import Touchpoints

/// The complaints of one customer that were raised or reopened, and not resolved since.
///
/// Complaints with a `caseid` are told apart by it: raising one twice opens it once. Those without are only counted,
/// and one that resolves without a `caseid` closes one of them, if there is any.
struct OpenComplaints: Equatable, Sendable {
    private var unnamed: Int64 = 0
    /// The case ids as UTF-8, ascending by bytes.
    private var cases: [[UInt8]] = []

    var count: Int { Int(unnamed) + cases.count }

    /// Takes a complaint that was raised, reopened or resolved. O(open complaints).
    mutating func take(_ event: borrowing EventView) {
        let isOpen = event.type != .complaintResolved
        guard let id = event.attribute(.caseid).map({ Array($0.utf8) }) else {
            unnamed = max(0, unnamed + (isOpen ? 1 : -1))
            return
        }
        let index = cases.firstIndex { !$0.lexicographicallyPrecedes(id) } ?? cases.count
        let isKnown = index < cases.count && cases[index] == id
        if isOpen, !isKnown { cases.insert(id, at: index) }
        if !isOpen, isKnown { cases.remove(at: index) }
    }
}

/// Bytes.
extension OpenComplaints {
    func encode(into writer: inout ByteWriter) {
        writer.write(unnamed)
        writer.write(cases) { $0.write($1) }
    }

    init(from reader: inout ByteReader) throws {
        unnamed = try reader.readInt64()
        for _ in 0..<(try reader.readCount()) { cases.append(try reader.readBytes()) }
    }
}
