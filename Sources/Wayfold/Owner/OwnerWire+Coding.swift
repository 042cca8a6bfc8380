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
            writer.write(settings.isClockOccurred)
            writer.write(settings.isBackfill)
            writer.write(settings.isFirst)
            writer.write(Array(settings.actor.utf8))
            writer.write(MemoryLayout<Draft>.stride)
            writer.write(batch.drafts.withUnsafeBytes { Array($0) })
            writer.write(batch.arena)
        case .rebuild(let views):
            writer.write(UInt64(2))
            writer.write(views) { $0.write(Array($1.utf8)) }
        }
        return writer.bytes
    }

    init(_ bytes: [UInt8]) throws {
        var reader = ByteReader(bytes.span.bytes)
        switch try reader.readUInt64() {
        case 1:
            var settings = AppendSettings()
            settings.isClockOccurred = try reader.readBool()
            settings.isBackfill = try reader.readBool()
            settings.isFirst = try reader.readBool()
            settings.actor = String(decoding: try reader.readBytes(), as: UTF8.self)
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
            for _ in 0..<(try reader.readCount()) {
                views.append(String(decoding: try reader.readBytes(), as: UTF8.self))
            }
            self = .rebuild(views)
        default: throw StateError("an unknown request")
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
                writer.write(Array(outcome.view.utf8))
                writer.write(outcome.generation)
                writer.write(outcome.position.rawValue)
                writer.write(outcome.digest.bytes)
                writer.write(Array(outcome.comparison.rawValue.utf8))
            }
        case .failed(let words):
            writer.write(UInt64(3))
            writer.write(Array(words.utf8))
        case .inDoubt(let words):
            writer.write(UInt64(4))
            writer.write(Array(words.utf8))
        }
        return writer.bytes
    }

    init(_ bytes: [UInt8]) throws {
        var reader = ByteReader(bytes.span.bytes)
        switch try reader.readUInt64() {
        case 1:
            var verdicts: [Verdict] = []
            for _ in 0..<(try reader.readCount()) { verdicts.append(try reader.readVerdict()) }
            self = .verdicts(verdicts)
        case 2:
            var outcomes: [RebuildOutcome] = []
            for _ in 0..<(try reader.readCount()) { outcomes.append(try reader.readOutcome()) }
            self = .rebuilt(outcomes)
        case 3: self = .failed(String(decoding: try reader.readBytes(), as: UTF8.self))
        case 4: self = .inDoubt(String(decoding: try reader.readBytes(), as: UTF8.self))
        default: throw StateError("an unknown reply")
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
