import EventLog
import HTTPTypes
import Hummingbird
import Touchpoints
import Transparency
import Wayfold

/// `GET /v1/log/...`: the log's tree of hashes as others verify it: C2SP tlog-tiles, and proofs that are ready-made.
struct LogRoute: Sendable {
    let pool: QueryPool

    /// The parts of a tile's path, by how many there are: its number in groups of three digits, and the width of a partial one.
    static let tilePaths = (1...4).map { count in
        "/v1/log/tile/{level}" + (1...count).map { "/{n\($0)}" }.joined()
    }

    /// The last signed checkpoint.
    func checkpoint(_ call: Call) async throws -> Response {
        try call.parameters.allowOnly([])
        let folder = call.workspace.folder
        return try await pool.run(for: call.caller.turn) {
            guard let checkpoint = try CheckpointFile.checkpoints(of: folder).last else {
                throw Problem(.notFound, "nothing was signed yet: wayfold checkpoint")
            }
            return Response.proof(checkpoint.description, in: call, isFinal: false)
        }
    }

    /// A tile of hashes, or a bundle of entries, of what was signed.
    func tile(_ call: Call) async throws -> Response {
        try call.parameters.allowOnly([])
        guard let tile = Tile(path: call.request.uri.path.dropFirst("/v1/log/".count)) else {
            throw Problem(.notFound, "that is no tile")
        }
        let workspace = call.workspace
        return try await pool.run(for: call.caller.turn) {
            let size = try CheckpointFile.checkpoints(of: workspace.folder).last?.head.size ?? 0
            guard tile.isInside(size: size) else { throw Problem(.notFound, "what was signed has no such tile") }
            let bytes = try workspace.tree.read { tree in
                try tile.kind == .entries ? tree.bundle(tile) : tree.bytes(of: tile)
            }
            let headers: HTTPFields = [
                .contentType: "application/octet-stream", .cacheControl: "private, max-age=31536000, immutable",
                .epoch: "\(call.workspace.folder.epoch)",
            ]
            return tile.kind == .entries
                ? Response.compressed(bytes, headers, for: call.request)
                : Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        }
    }

    /// The receipt of an event.
    func receipt(_ call: Call) async throws -> Response {
        try call.parameters.allowOnly([])
        let position = Position(try number("position", call))
        return try await proof(call) { proof, tree in
            guard position > .start, position.rawValue <= tree.size else {
                throw Problem(.notFound, "the log ends at \(tree.size)")
            }
            return try proof.receipt(of: position).description
        }
    }

    /// The proof that the log of a signed checkpoint begins with an older one.
    func consistency(_ call: Call) async throws -> Response {
        try call.parameters.allowOnly([])
        let (from, to) = (try number("position", call), try number("size", call))
        return try await proof(call) { proof, _ in try proof.consistency(from: from, to: to).description }
    }

    private func proof(
        _ call: Call, _ body: @escaping @Sendable (EventProof, LogTree) throws -> String
    ) async throws -> Response {
        let workspace = call.workspace
        return try await pool.run(for: call.caller.turn) {
            let checkpoints = try CheckpointFile.checkpoints(of: workspace.folder)
            do {
                let text = try workspace.tree.read { try body(EventProof($0, checkpoints), $0) }
                return Response.proof(text, in: call, isFinal: true)
            } catch let error as AuditError {
                throw Problem(.notFound, error.description)
            }
        }
    }

    private func number(_ name: String, _ call: Call) throws -> UInt64 {
        let text = try call.path(name)
        guard let number = UInt64(text) else { throw Problem(.notFound, "\(text) is no number of an event") }
        return number
    }
}

extension Response {
    fileprivate static func proof(_ text: String, in call: Call, isFinal: Bool) -> Response {
        // A later checkpoint makes a later proof; an old one holds for ever.
        let headers: HTTPFields = [
            .contentType: "text/plain; charset=utf-8",
            .cacheControl: isFinal ? "private, max-age=60" : "private, max-age=1",
            .epoch: "\(call.workspace.folder.epoch)",
        ]
        return Response.compressed(Array(text.utf8), headers, for: call.request)
    }
}
