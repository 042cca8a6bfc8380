public import EventLog
import Foundation
public import Transparency

/// A signed log as files below one folder, for any web server: C2SP tlog-tiles.
///
/// `checkpoint`, `tile/L/N` and `tile/entries/N`. Full tiles that are there are not written again.
public struct TileFolder {
    private let path: String

    public init(_ path: String) { self.path = path }

    /// Writes what is missing, and the checkpoint last: whoever reads it finds the tiles.
    ///
    /// - Parameter tree: has at least the events of the checkpoint.
    public func write(_ checkpoint: SignedCheckpoint, _ tree: LogTree) throws {
        let size = checkpoint.head.size
        guard try tree.root(ofFirst: size) == checkpoint.head.root else {
            throw AuditError.altered
        }
        for tile in Tile.tiles(size: size) {
            let file = path + "/" + tile.path
            if tile.width == Tile.fullWidth, FileManager.default.fileExists(atPath: file) { continue }
            try write(tile.kind == .entries ? tree.bundle(tile) : tree.bytes(of: tile), to: file)
        }
        try write(Array(checkpoint.description.utf8), to: path + "/checkpoint")
    }

    private func write(_ bytes: [UInt8], to file: String) throws {
        let url = URL(fileURLWithPath: file)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url, options: .atomic)
    }
}
