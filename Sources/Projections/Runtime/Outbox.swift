import EventLog
import Policies
import Touchpoints

/// The effects of one generation on their way to disk: which of those that steps emit are due, and none twice (rule 39).
struct Outbox {
    /// What a generation before has reached; nothing fires for that again.
    struct Silence: Equatable, Sendable {
        /// Events up to here, and wake-ups due by then.
        var through = Position.start
        var by = Timestamp.epoch
    }

    var silence: Silence
    /// Fired since the last save.
    private var rows: [[UInt8]: OutboxRow] = [:]
    private let isStored: ([UInt8]) throws -> Bool

    /// - Parameter isStored: whether there is a row of a key on disk.
    init(silence: Silence, isStored: @escaping ([UInt8]) throws -> Bool) {
        self.silence = silence
        self.isStored = isStored
    }

    /// Bytes, about, that the rows take.
    var byteCount: Int { rows.count * 128 }

    /// Fires those whose cause is young enough, and whose key none has yet.
    ///
    /// A wake-up of a customer that was merged may have fired under the number of either: all of its strands are
    /// asked. O(effects that are young enough).
    mutating func take(
        _ effects: [Effect], under active: ActivePolicy, clock: Timestamp, identity: Identity,
        written: (position: Position, clock: Timestamp)
    ) throws {
        for effect in effects {
            guard let cause = effect.cause, !isSilent(cause),
                active.policy.effects.maxAge.end(after: cause.time, in: active.zone) > clock
            else { continue }
            let row = OutboxRow(
                rule: "\(effect.rule.name)", cause: cause, payload: effect.payload.map { ("\($0.name)", $0.value) },
                position: written.position, time: written.clock)
            var strands = [cause.strand]
            if cause.position == .start {
                strands = identity.strands(of: identity.customer(of: cause.strand))
            }
            var isFired = false
            for strand in strands where !isFired {
                let key = row.key(of: strand)
                isFired = try rows[key] != nil || isStored(key)
            }
            if !isFired { rows[row.key(of: cause.strand)] = row }
        }
    }

    private func isSilent(_ cause: Effect.Cause) -> Bool {
        cause.position == .start ? cause.time <= silence.by : cause.position <= silence.through
    }

    /// Hands out what has fired since the last call, in the order of the keys.
    mutating func takeRows() -> [(key: [UInt8], bytes: [UInt8])] {
        defer { rows = [:] }
        return rows.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { ($0.key, $0.value.encoded) }
    }
}

/// One row of an outbox.
struct OutboxRow {
    var rule: String
    var cause: Effect.Cause
    var payload: [(name: String, value: EffectValue)]
    /// The view's checkpoint when it fired, and the clock there.
    var position: Position
    var time: Timestamp
}

/// Bytes.
extension OutboxRow {
    /// The cause's time, its position (0 for a wake-up), a strand and the rule: rows lie in the order in which their
    /// causes happened, wake-ups before the events of the same time.
    func key(of strand: StrandNumber) -> [UInt8] {
        // Biased, so that times before 1970 come first.
        let words = [
            UInt64(bitPattern: cause.time.rawValue) ^ 1 << 63, cause.position.rawValue, UInt64(strand.rawValue),
        ]
        let bytes = words.flatMap { word in
            stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> UInt64($0)) }
        }
        return bytes + rule.utf8
    }

    var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.write(Array(rule.utf8))
        writer.write(cause.time)
        writer.write(cause.position.rawValue)
        writer.write(cause.strand.rawValue)
        writer.write(position.rawValue)
        writer.write(time)
        writer.write(payload) { writer, entry in
            writer.write(Array(entry.name.utf8))
            switch entry.value {
            case .integer(let integer):
                writer.write(false)
                writer.write(integer)
            case .text(let text):
                writer.write(true)
                writer.write(Array(text.utf8))
            }
        }
        return writer.bytes
    }

    init(from reader: inout ByteReader) throws {
        rule = String(decoding: try reader.readBytes(), as: UTF8.self)
        cause = Effect.Cause(
            time: try reader.readTimestamp(), position: Position(try reader.readUInt64()),
            strand: StrandNumber(rawValue: try reader.readUInt32()))
        position = Position(try reader.readUInt64())
        time = try reader.readTimestamp()
        payload = []
        for _ in 0..<(try reader.readCount()) {
            let name = String(decoding: try reader.readBytes(), as: UTF8.self)
            let isText = try reader.readBool()
            let value: EffectValue =
                isText
                ? .text(String(decoding: try reader.readBytes(), as: UTF8.self)) : .integer(try reader.readInt64())
            payload.append((name, value))
        }
    }
}
