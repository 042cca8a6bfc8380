import Foundation
import Testing

@testable import Wayfold

struct OwnerServerTests {
    @Test func `a socket in a very deep folder is reached, and gone when the server stops`() async throws {
        try await blocking {
            let scratch = try Scratch()
            let folder =
                scratch.path + "/"
                + Array(repeating: String(repeating: "d", count: 80), count: 4).joined(separator: "/")
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let path = folder + "/owner.sock"
            #expect(try FramedSocket.connect(to: path) == nil)
            let server = try OwnerServer(path: path) { request in
                guard case .rebuild(let views) = request else { return .failed(OwnerFailure("?")) }
                return .failed(OwnerFailure(views.joined(separator: "+")))
            }
            let socket = try #require(try FramedSocket.connect(to: path))
            for views in [[], ["rfm"], ["rfm", String(repeating: "x", count: 1 << 20)]] {
                #expect(socket.send([OwnerRequest.version] + OwnerRequest.rebuild(views).encode()))
                let reply = try OwnerReply(try #require(socket.receive()))
                #expect(reply == .failed(OwnerFailure(views.joined(separator: "+"))))
            }
            server.stop()
            #expect(socket.receive() == nil)
            #expect(!FileManager.default.fileExists(atPath: path))
            #expect(try FramedSocket.connect(to: path) == nil)
        }
    }

    @Test func `nonsense is answered or hung up on, and another version is told so`() async throws {
        try await blocking {
            let scratch = try Scratch()
            let server = try OwnerServer(path: scratch.path + "/s") { _ in .verdicts([]) }
            defer { server.stop() }
            let socket = try #require(try FramedSocket.connect(to: scratch.path + "/s"))
            #expect(socket.send([OwnerRequest.version, 9, 9]))
            guard case .failed = try OwnerReply(try #require(socket.receive())) else {
                Issue.record("nonsense was taken")
                return
            }
            #expect(socket.send([OwnerRequest.version &+ 1]))
            guard case .failed(let failure) = try OwnerReply(try #require(socket.receive())) else {
                Issue.record("another version was taken")
                return
            }
            #expect(failure.description.contains("version"))
            #expect(socket.receive() == nil)
            let empty = try #require(try FramedSocket.connect(to: scratch.path + "/s"))
            #expect(empty.send([]))
            #expect(empty.receive() != nil)
        }
    }
}
