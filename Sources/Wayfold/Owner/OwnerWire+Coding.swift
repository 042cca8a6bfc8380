import Digests
import EventLog
import Projections
import Touchpoints

extension OwnerRequest {
    func encode() -> [UInt8] {
        var writer = ByteWriter()
        switch self {
        case .append(let batch, let settings):
            writer.write(UInt64(1))
            settings.encode(into: &writer)
            writer.write(MemoryLayout<Draft>.stride)
            writer.write(batch.drafts.withUnsafeBytes { Array($0) })
            writer.write(batch.arena)
        case .rebuild(let views):
            writer.write(UInt64(2))
            writer.write(views) { $0.write($1) }
        }
        return writer.bytes
    }

    init(_ bytes: [UInt8]) throws {
        var reader = ByteReader(bytes.span.bytes)
        switch try reader.readUInt64() {
        case 1:
            let settings = try AppendSettings(from: &reader)
            var batch = DraftBatch()
            guard try reader.readInt() == MemoryLayout<Draft>.stride else {
                throw StateError("the owner of the folder is another build of wayfold")
            }
            let drafts = try reader.readBytes()
            guard drafts.count % MemoryLayout<Draft>.stride == 0 else { throw StateError("drafts are cut short") }
            batch.drafts = drafts.withUnsafeBytes { bytes in
                (0..<bytes.count / MemoryLayout<Draft>.stride).map {
                    bytes.loadUnaligned(fromByteOffset: $0 * MemoryLayout<Draft>.stride, as: Draft.self)
                }
            }
            batch.arena = try reader.readBytes()
            guard batch.isSound else { throw StateError("a draft points outside its batch") }
            self = .append(batch, settings)
        case 2:
            var views: [String] = []
            for _ in 0..<(try reader.readCount()) { views.append(try reader.readText()) }
            self = .rebuild(views)
        default: throw StateError("an unknown request")
        }
    }
}

extension AppendSettings {
    fileprivate func encode(into writer: inout ByteWriter) {
        writer.write(isClockOccurred)
        writer.write(isBackfill)
        writer.write(isFirst)
        writer.write(isStrict)
        writer.write(actor)
        writer.write(expected.sorted { $0.key < $1.key }) { writer, expected in
            writer.write(expected.key)
            writer.write(expected.value.last.rawValue)
            writer.write(expected.value.notAfter != nil)
            if let notAfter = expected.value.notAfter { writer.write(notAfter) }
        }
    }

    fileprivate init(from reader: inout ByteReader) throws {
        isClockOccurred = try reader.readBool()
        isBackfill = try reader.readBool()
        isFirst = try reader.readBool()
        isStrict = try reader.readBool()
        actor = try reader.readText()
        for _ in 0..<(try reader.readCount()) {
            let index = try reader.readInt()
            let last = Position(try reader.readUInt64())
            expected[index] = ExpectedPosition(
                last: last, notAfter: try reader.readBool() ? try reader.readTimestamp() : nil)
        }
    }
}

extension DraftBatch {
    /// Whether every piece lies in the arena.
    var isSound: Bool {
        drafts.allSatisfy { draft in
            draft.pieces.allSatisfy { Int($0.offset) + Int($0.count) <= arena.count }
        }
    }
}

extension OwnerReply {
    func encode() -> [UInt8] {
        var writer = ByteWriter()
        switch self {
        case .verdicts(let verdicts):
            writer.write(UInt64(1))
            writer.write(verdicts) { $0.write($1) }
        case .rebuilt(let outcomes):
            writer.write(UInt64(2))
            writer.write(outcomes) { writer, outcome in
                writer.write(outcome.view)
                writer.write(outcome.generation)
                writer.write(outcome.position.rawValue)
                writer.write(outcome.digest.bytes)
                writer.write(outcome.comparison.rawValue)
            }
        case .failed(let failure):
            writer.write(UInt64(failure.kind.rawValue))
            writer.write(failure.description)
        }
        return writer.bytes
    }

    init(_ bytes: [UInt8]) throws {
        var reader = ByteReader(bytes.span.bytes)
        let tag = try reader.readUInt64()
        switch tag {
        case 1:
            var verdicts: [Verdict] = []
            for _ in 0..<(try reader.readCount()) { verdicts.append(try reader.readVerdict()) }
            self = .verdicts(verdicts)
        case 2:
            var outcomes: [RebuildOutcome] = []
            for _ in 0..<(try reader.readCount()) { outcomes.append(try reader.readOutcome()) }
            self = .rebuilt(outcomes)
        default:
            guard let kind = OwnerFailure.Kind(rawValue: tag) else { throw StateError("an unknown reply") }
            self = .failed(OwnerFailure(try reader.readText(), kind))
        }
    }
}

extension ByteWriter {
    mutating func write(_ text: String) { write(Array(text.utf8)) }

    mutating func write(_ verdict: Verdict) {
        switch verdict {
        case .stored(let position):
            write(UInt64(1))
            write(position.rawValue)
        case .duplicate(let position):
            write(UInt64(2))
            write(position.rawValue)
        case .conflict(let position, let differing):
            write(UInt64(3))
            write(position.rawValue)
            write(differing) { $0.write($1) }
        case .refused(let refusal):
            write(UInt64(4))
            write(refusal.field)
            write(refusal.reason)
        case .outdated(let last):
            write(UInt64(5))
            write(last.rawValue)
        case .withheld: write(UInt64(6))
        }
    }
}

extension ByteReader {
    mutating func readText() throws -> String { String(decoding: try readBytes(), as: UTF8.self) }

    mutating func readVerdict() throws -> Verdict {
        switch try readUInt64() {
        case 1: return .stored(Position(try readUInt64()))
        case 2: return .duplicate(Position(try readUInt64()))
        case 3:
            let position = Position(try readUInt64())
            var differing: [String] = []
            for _ in 0..<(try readCount()) { differing.append(try readText()) }
            return .conflict(position, differing: differing)
        case 4: return .refused(Refusal(field: try readText(), reason: try readText()))
        case 5: return .outdated(last: Position(try readUInt64()))
        case 6: return .withheld
        default: throw StateError("an unknown verdict")
        }
    }

    mutating func readOutcome() throws -> RebuildOutcome {
        let view = try readText()
        let generation = try readInt()
        let position = Position(try readUInt64())
        let bytes = try readBytes()
        let word = try readText()
        guard let digest = Digest256(bytes: bytes.span.bytes),
            let comparison = RebuildOutcome.Comparison(rawValue: word)
        else { throw StateError("a rebuild's outcome is damaged") }
        return RebuildOutcome(
            view: view, generation: generation, position: position, digest: digest, comparison: comparison)
    }
}
