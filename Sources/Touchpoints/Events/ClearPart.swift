/// The part of a stored event that may be read by everyone and is never erased, behind its header.
///
/// ```text
/// attribute*   tag (1 byte, ClearAttribute) | length (varint) | that many bytes of UTF-8
/// end          0 (1 byte)
/// data         canonical JSON up to the end, known names as numbers (StoredNames); nothing where no data is clear
/// ```
///
/// A varint holds 7 bits a byte, the lowest first; all bytes but the last have bit 7 set. Attributes stand in the order
/// of their tags, each at most once; readers skip tags that they do not know. The version is that of the block.
public struct ClearPart: ~Escapable {
    private let bytes: RawSpan

    /// - Parameter bytes: what an event holds (see ``EventView/clearBytes``), written by ``append(_:_:to:)``.
    @_lifetime(copy bytes)
    public init(bytes: RawSpan) { self.bytes = bytes }

    /// The attribute, nil where the event has none.
    public func attribute(_ attribute: ClearAttribute) -> String? {
        var at = 0
        while let (tag, range) = PartFields.next(in: bytes, &at) {
            if tag == attribute.rawValue { return String(decoding: PartFields.bytes(bytes, range), as: UTF8.self) }
        }
        return nil
    }

    /// The strands of a split, ascending; none on other events.
    var strands: [StrandNumber] {
        var at = 0
        while let (tag, range) = PartFields.next(in: bytes, &at) {
            guard tag == ClearAttribute.strands.rawValue else { continue }
            return stride(from: range.lowerBound, to: range.upperBound - 3, by: 4).map { offset in
                let number = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self)
                return StrandNumber(rawValue: UInt32(littleEndian: number))
            }
        }
        return []
    }

    /// The clear data, to be read in place.
    public var data: ClearData {
        @_lifetime(copy self) get { ClearData(json: bytes.extracting(dataStart...)) }
    }

    /// The clear data as canonical JSON; nothing where no data is clear.
    public var json: [UInt8] { StoredNames.spelled(bytes.extracting(dataStart...)) }

    private var dataStart: Int {
        var at = 0
        while PartFields.next(in: bytes, &at) != nil {}
        return at
    }
}

/// Writing.
extension ClearPart {
    /// Appends one attribute; they must come in the order of their tags.
    public static func append(_ attribute: ClearAttribute, _ value: some Collection<UInt8>, to part: inout [UInt8]) {
        part += PartFields.field(tag: attribute.rawValue, value).copied
    }

    /// Appends one attribute, whose text is a piece of another buffer.
    public static func append(
        _ attribute: ClearAttribute, _ source: borrowing ByteBuffer, _ text: Range<Int>, to part: inout ByteBuffer
    ) {
        PartFields.append(tag: attribute.rawValue, source, text, to: &part)
    }

    /// Inserts the strands of a split into a finished part, behind its other attributes.
    public static func insert(strands: [StrandNumber], into part: inout [UInt8]) {
        let attributes = ClearPart(bytes: part.span.bytes).dataStart - 1
        var field: [UInt8] = []
        let numbers = strands.flatMap { strand in (0..<4).map { UInt8(truncatingIfNeeded: strand.rawValue >> (8 * $0)) }
        }
        append(.strands, numbers, to: &field)
        part.insert(contentsOf: field, at: attributes)
    }

    /// Ends the attributes; canonical JSON (or nothing) is to follow.
    public static func endAttributes(of part: inout [UInt8]) { part.append(PartFields.end) }

    /// Ends the attributes; canonical JSON (or nothing) is to follow.
    public static func endAttributes(of part: inout ByteBuffer) { part.append(PartFields.end) }
}

/// The attributes that lie in the clear part, by their tags there.
public enum ClearAttribute: UInt8, CaseIterable, Sendable {
    case sessionid = 1
    case orderid = 2
    case campaign = 3
    case caseid = 4
    case about = 5
    case datacontenttype = 6
    case dataschema = 7
    /// Empty: the data came as `data_base64`, and is kept as a JSON string.
    case dataIsBase64 = 8
    /// Written by the log: the numbers of the strands that a split takes out, four bytes each, little-endian.
    case strands = 9

    /// Those that a producer sends as attributes of the event; the others are ours.
    public static let sent = allCases.filter { $0 != .dataIsBase64 && $0 != .strands }
}

extension EventView {
    /// The clear part of the event's data.
    public var data: ClearData {
        @_lifetime(copy self) get { ClearPart(bytes: clearBytes).data }
    }

    /// An attribute of the clear part, nil where the event has none.
    public func attribute(_ attribute: ClearAttribute) -> String? {
        ClearPart(bytes: clearBytes).attribute(attribute)
    }
}
