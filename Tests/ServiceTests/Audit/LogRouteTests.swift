import Testing
import Transparency
import Wayfold

@testable import Service

struct LogRouteTests {
    @Test func `what was signed is given out as tiles and proofs`() async throws {
        try await TestService.with { service in
            #expect(try await service.get("/v1/log/checkpoint").problem == "not-found")
            #expect(try await service.get("/v1/log/tile/0/000.p/1").problem == "not-found")
            try await service.store((1...20).map { Sample.order($0) })
            let folder = try #require(service.service.workspaces.first).folder
            let key = try folder.makeSigningKey(origin: "shop.example/log").key
            let first = try CheckpointSigner(folder: folder).sign()
            try await service.store((21...300).map { Sample.order($0, of: "member:\($0)") })
            let last = try CheckpointSigner(folder: folder).sign()
            let size = last.head.size

            let reply = try await service.get("/v1/log/checkpoint")
            #expect(reply.text == last.description)
            #expect(reply.headers[.contentType] == "text/plain; charset=utf-8")

            var tree = MemoryRows()
            var hasher = TreeHasher()
            for tile in Tile.tiles(size: size) where tile.kind == .entries {
                var rest = try await service.get("/v1/log/" + tile.path).bytes[...]
                while !rest.isEmpty {
                    let length = Int(rest.removeFirst()) << 8 | Int(rest.removeFirst())
                    tree.append(hasher.leaf(Array(rest.prefix(length))), &hasher)
                    rest.removeFirst(length)
                }
            }
            #expect(tree.size == size)
            #expect(try tree.root(ofFirst: size) == last.head.root)
            for tile in Tile.tiles(size: size) where tile.kind != .entries {
                #expect(try await service.get("/v1/log/" + tile.path).bytes == tree.bytes(of: tile))
            }

            let receipt = try #require(Receipt(try await service.get("/v1/log/proof/17").text))
            #expect(receipt.fault(by: key) == nil)
            #expect(receipt.index == 16)
            let path = "/v1/log/proof/\(first.head.size)/\(size)"
            let proof = try #require(ConsistencyProof(try await service.get(path).text))
            #expect(proof.holds(forOldRoot: first.head.root))

            for missing in [
                "proof/0", "proof/\(size + 1)", "proof/x", "proof/1/2", "proof/\(size + 1)/\(size)", "tile/0/001",
                "tile/0/002", "tile/9/000", "tile/entries/001.p/255", "tile/0/x000/000", "tile/0/000.p/300",
            ] { #expect(try await service.get("/v1/log/" + missing).problem == "not-found", "\(missing)") }
        }
    }

    @Test func `who may query may not audit`() async throws {
        try await TestService.with { service in
            let workspace = try #require(service.service.workspaces.first)
            let made = try await workspace.session.createKey(scopes: [.query])
            let reply = try await service.get("/v1/log/checkpoint", [.authorization: "Bearer \(made.token)"])
            #expect(reply.status == 403)
        }
    }
}
