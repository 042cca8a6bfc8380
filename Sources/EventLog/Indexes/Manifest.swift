import Digests
import Touchpoints

/// What the derived indexes speak of, and what the log's blocks said up to there: with it, opening costs the tail.
///
/// ```
///  0  u32 magic "WFM1"   4 u16 version = 2   6 u16 0    8 u64 position    16 32 B digest of the block that ends there
/// 48  i64 clock         56 u32 strands      60 u32 number of the next run
/// 64  u32 runs          68 u32 activations  72 u32 names
/// 76  runs: u8 index, u32 number, u64 records; activations: u64 position, u16 type; names as in a block's DICT
///     32 B SHA-256 of everything above
/// ```
struct Manifest: Equatable, Sendable {
    var position = Position.start
    var digest = Digest256.zero
    var clock = Timestamp.epoch
    var strandCount: UInt32 = 0
    var nextRun: UInt32 = 1
    var runs: [Run] = []
    var activations: [Activation] = []
    var dictionaries = Dictionaries()

    private static let magic: UInt32 = 0x314D_4657
    private static let version: UInt16 = 2
    private static let headByteCount = 76
}

extension Manifest {
    var encoded: [UInt8] {
        let names = dictionaries.additions
        var bytes: [UInt8] = []
        bytes.append(Self.magic)
        bytes.append(Self.version)
        bytes.append(UInt16(0))
        bytes.append(position.rawValue)
        bytes.append(digest.span)
        bytes.append(clock.rawValue)
        bytes.append(strandCount)
        bytes.append(nextRun)
        bytes.append(UInt32(runs.count))
        bytes.append(UInt32(activations.count))
        bytes.append(UInt32(names.count))
        for run in runs {
            bytes.append(run.kind.rawValue)
            bytes.append(run.number)
            bytes.append(run.recordCount)
        }
        for activation in activations {
            bytes.append(activation.position.rawValue)
            bytes.append(activation.type.rawValue)
        }
        for name in names { name.encode(to: &bytes) }
        bytes.append(SHA256.digest(of: bytes).span)
        return bytes
    }

    /// Reads a manifest back; nil for bytes that are none, or of a version that this program does not know.
    init?(_ bytes: RawSpan) {
        guard bytes.byteCount >= Self.headByteCount + Digest256.byteCount else { return nil }
        let body = bytes.extracting(droppingLast: Digest256.byteCount)
        guard SHA256.digest(of: body) == Digest256(bytes: bytes.extracting(last: Digest256.byteCount)),
            body.integer(at: 0) == Self.magic, body.integer(at: 4) == Self.version
        else { return nil }
        position = Position(body.integer(at: 8))
        digest = Digest256(bytes: body.extracting(16..<48))!
        clock = Timestamp(rawValue: body.integer(at: 48))
        strandCount = body.integer(at: 56)
        nextRun = body.integer(at: 60)
        var at = Self.headByteCount
        for _ in 0..<body.integer(at: 64, as: UInt32.self) {
            guard body.byteCount - at >= 13, let kind = IndexKind(rawValue: body.integer(at: at)) else { return nil }
            runs.append(Run(kind: kind, number: body.integer(at: at + 1), recordCount: body.integer(at: at + 5)))
            at += 13
        }
        for _ in 0..<body.integer(at: 68, as: UInt32.self) {
            guard body.byteCount - at >= 10 else { return nil }
            activations.append(
                Activation(
                    position: Position(body.integer(at: at)), type: EventType(rawValue: body.integer(at: at + 8))))
            at += 10
        }
        for _ in 0..<body.integer(at: 72, as: UInt32.self) {
            guard let name = NameAddition.decode(body, at: &at), dictionaries.add(name) else { return nil }
        }
        guard at == body.byteCount else { return nil }
    }
}
