import HTTPTypes
import Hummingbird
import Ingest
import NIOCore

/// The bytes of a request's body as they come, inflated where they are compressed.
struct BodyInput: ~Copyable {
    private var chunks: RequestBody.AsyncIterator
    private var gzip: Inflater?
    private var zstd: ZstdInflater?
    /// Its length as it is sent, where that is known.
    private let declared: Int?
    /// What is held of bodies, of all together.
    private let room: IntakeRoom
    /// What came and was not inflated yet.
    private var packed: ArraySlice<UInt8> = []
    private var packedTotal = 0
    private var inflatedTotal = 0
    /// What was handed on since others had their turn.
    private var byteCountInTurn = 0
    /// What was taken of the room for the window that a body looks back in.
    private var windowByteCount = 0

    /// After so many bytes others get their turn.
    private static let turnByteCount = 64 * 1_024
    /// Beyond a megabyte no text of events becomes so many times as long.
    private static let mostInflation = 200

    /// A body can be read once.
    ///
    /// - Parameter room: what all bodies share.
    /// - Throws: ``Problem`` (415) for a coding that is not taken.
    init(_ request: Request, room: IntakeRoom) throws(Problem) {
        let coding = try BodyCoding(request.headers)
        if coding == .gzip { gzip = Inflater() }
        if coding == .zstd { zstd = ZstdInflater() }
        declared = request.headers[.contentLength].flatMap { Int($0) }
        chunks = request.body.makeAsyncIterator()
        self.room = room
    }

    deinit { room.giveBack(windowByteCount) }

    /// The next bytes, of a compressed body at most 64 KiB; nil at the end. Others get their turn between two calls, when
    /// there were bytes enough.
    mutating func next() async throws -> [UInt8]? {
        if byteCountInTurn >= Self.turnByteCount {
            byteCountInTurn = 0
            await Task.yield()
        }
        guard let bytes = try await nextBytes() else { return nil }
        byteCountInTurn += bytes.count
        return bytes
    }

    private mutating func nextBytes() async throws -> [UInt8]? {
        while true {
            if !packed.isEmpty || gzip?.hasMore ?? zstd?.hasMore ?? false {
                let inflated = try inflateNext()
                if !inflated.isEmpty { return inflated }
                continue
            }
            guard let buffer = try await chunks.next() else { break }
            let chunk = Array(buffer.readableBytesView)
            if gzip != nil || zstd != nil { packed = chunk[...] } else if !chunk.isEmpty { return chunk }
        }
        do {
            try gzip?.finish()
            try zstd?.finish()
        } catch { throw Self.damaged(error) }
        return nil
    }

    private mutating func inflateNext() throws(Problem) -> [UInt8] {
        let before = packed.count
        let inflated: [UInt8]
        do {
            inflated = if gzip != nil { try gzip!.next(of: &packed) } else { try zstd!.next(of: &packed) }
        } catch { throw Self.damaged(error) }
        packedTotal += before - packed.count
        inflatedTotal += inflated.count
        guard inflatedTotal < 1 << 20 || inflatedTotal / packedTotal < Self.mostInflation else {
            throw Problem(.tooLarge, "the compressed body becomes more than \(Self.mostInflation) times as long")
        }
        if let held = zstd?.heldByteCount, held > windowByteCount {
            try room.take(held - windowByteCount)
            windowByteCount = held
        }
        return inflated
    }

    /// The whole body.
    ///
    /// - Throws: ``Problem`` (413) for one of more bytes than the limit, (429) where there is no room.
    mutating func all(upTo limit: Int) async throws -> [UInt8] {
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

/// How a body is compressed.
enum BodyCoding {
    case identity, gzip, zstd

    /// By `Content-Encoding`.
    ///
    /// - Throws: ``Problem`` (415) for one that is not taken.
    init(_ fields: HTTPFields) throws(Problem) {
        switch fields[.contentEncoding]?.lowercased() {
        case nil, "identity": self = .identity
        case "gzip", "x-gzip": self = .gzip
        case "zstd": self = .zstd
        case let other?:
            var problem = Problem(.unsupportedMediaType, "the content coding \(other) is not taken; gzip and zstd are")
            problem.headers[.acceptEncoding] = "gzip, zstd"
            throw problem
        }
    }
}
