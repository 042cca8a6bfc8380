/// One record of a CSV file: its fields without quotes, and its bytes as they came.
struct CSVRecord: Equatable {
    /// The line on which it begins.
    var line: UInt64 = 1
    /// All fields behind each other.
    private(set) var bytes: [UInt8] = []
    private var ends: [Int] = []
    /// As it came, without the end of the line.
    var raw: [UInt8] = []
    /// Why it is no record.
    var fault: String?

    var count: Int { ends.count }
    subscript(_ field: Int) -> ArraySlice<UInt8> { bytes[(field == 0 ? 0 : ends[field - 1])..<ends[field]] }

    mutating func append(_ byte: UInt8) { bytes.append(byte) }
    mutating func endField() { ends.append(bytes.count) }

    /// Whether the field that is being read is empty so far.
    var isFieldEmpty: Bool { bytes.count == ends.last ?? 0 }

    mutating func clear() {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        raw.removeAll(keepingCapacity: true)
        fault = nil
    }
}
