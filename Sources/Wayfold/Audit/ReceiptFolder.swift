import EventLog
import Foundation
public import Touchpoints

/// Receipts of events as files of one folder, `POSITION.tlog-proof` (mode 0600), each as `wayfold prove` writes it.
public struct ReceiptFolder {
    private let path: String

    /// Makes the folder where there is none.
    public init(_ path: String) throws {
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        self.path = path
    }

    /// Writes the receipts of events; of one that has a file already, it is made anew, against the last signed checkpoint.
    ///
    /// - Returns: the positions behind that checkpoint, which have none yet.
    public func write(_ positions: some Sequence<Position>, by proof: EventProof) throws -> [Position] {
        var unsigned: [Position] = []
        for position in positions {
            guard proof.canProve(position) else {
                unsigned.append(position)
                continue
            }
            let receipt = try proof.receipt(of: position).description
            try writeFile(Array(receipt.utf8), named: "\(position).tlog-proof", in: path)
        }
        return unsigned
    }
}
