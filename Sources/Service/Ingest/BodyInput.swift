import HTTPTypes
import Hummingbird
import Ingest
import NIOCore

/// The bytes of a request's body as they come, inflated where they are gzipped.
struct BodyInput: ~Copyable {
    private var chunks: RequestBody.AsyncIterator
    private var inflater: Inflater?
    /// Its length as it is sent, where that is known.
    private let declared: Int?
    /// What came and was not inflated yet.
    private var packed: ArraySlice<UInt8> = []

    /// So many bytes are inflated in one go, by how much the ones before have become: they can become a thousand times as many.
    private var packedByteCount = 256
    private var packedTotal = 0
    private var inflatedTotal = 0

    /// What others wait for in the worst case, about.
    private static let pieceByteCount = 64 * 1_024
    /// Beyond a megabyte no text of events becomes so many times as long.
    private static let mostInflation = 200

    /// A body can be read once.
    ///
    /// - Throws: ``Problem`` (415) for a coding other than gzip.
    init(_ request: Request) throws(Problem) {
        if try Self.isGzipped(request.headers) { inflater = Inflater() }
        declared = request.headers[.contentLength].flatMap { Int($0) }
        chunks = request.body.makeAsyncIterator()
    }

    /// - Throws: ``Problem`` (415) for another coding than gzip.
    static func isGzipped(_ fields: HTTPFields) throws(Problem) -> Bool {
        switch fields[.contentEncoding]?.lowercased() {
        case nil, "identity": return false
        case "gzip", "x-gzip": return true
        case let other?:
            var problem = Problem(.unsupportedMediaType, "the content coding \(other) is not taken; gzip is")
            problem.headers[.acceptEncoding] = "gzip"
            throw problem
        }
    }

    /// The next bytes, at most some megabytes; nil at the end. Others get their turn between two calls.
    mutating func next() async throws -> [UInt8]? {
        await Task.yield()
        while true {
            if !packed.isEmpty {
                let inflated = try inflateNext()
                if !inflated.isEmpty { return inflated }
                continue
            }
            guard let buffer = try await chunks.next() else { break }
            let chunk = Array(buffer.readableBytesView)
            if inflater != nil { packed = chunk[...] } else if !chunk.isEmpty { return chunk }
        }
        do { try inflater?.finish() } catch { throw Self.damaged(error) }
        return nil
    }

    private mutating func inflateNext() throws(Problem) -> [UInt8] {
        let part = Array(packed.prefix(packedByteCount))
        packed = packed.dropFirst(part.count)
        var inflated: [UInt8] = []
        do { try inflater!.push(part) { inflated += $0 } } catch { throw Self.damaged(error) }
        packedTotal += part.count
        inflatedTotal += inflated.count
        guard inflatedTotal < 1 << 20 || inflatedTotal / packedTotal < Self.mostInflation else {
            throw Problem(.tooLarge, "the gzipped body becomes more than \(Self.mostInflation) times as long")
        }
        let growth = max(1, inflated.count / part.count)
        packedByteCount = max(64, min(4 * packedByteCount, Self.pieceByteCount / growth))
        return inflated
    }

    /// The whole body.
    ///
    /// - Parameter room: what all bodies share that are read whole.
    /// - Throws: ``Problem`` (413) for one of more bytes than the limit, (429) where there is no room.
    mutating func all(upTo limit: Int, in room: IntakeRoom) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        defer { room.giveBack(bytes.count) }
        if let length = declared, length > limit { throw Self.tooLong(limit) }
        while let chunk = try await next() {
            try room.take(chunk.count)
            bytes += chunk
            guard bytes.count <= limit else { throw Self.tooLong(limit) }
        }
        return bytes
    }

    private static func tooLong(_ limit: Int) -> Problem {
        Problem(.tooLarge, "the body has more than \(limit) bytes: send application/x-ndjson, which has no limit")
    }

    private static func damaged(_ error: InflateError) -> Problem { Problem(.badRequest, "\(error)") }
}
