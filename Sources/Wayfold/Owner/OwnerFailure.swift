import EventLog

/// The owner of a folder could not do what it was asked.
public struct OwnerFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// What became of the events. The numbers are those of the owner's replies.
    public enum Kind: UInt64, Hashable, Sendable, CaseIterable {
        /// Nothing was stored, and nothing will be: the owner has stopped, or cannot do it.
        case failed = 3
        /// They may be stored or not; sending them again tells, once the folder has another owner.
        case inDoubt = 4
        /// There is no room left on the disk. Nothing was stored; with room, appends go on.
        case full = 5
    }

    public let kind: Kind
    /// For people.
    public let description: String

    init(_ description: String, _ kind: Kind = .failed) {
        self.kind = kind
        self.description = description
    }

    init(_ error: AppendError) {
        switch error {
        case .inDoubt: kind = .inDoubt
        case .full: kind = .full
        case .stopped, .failed: kind = .failed
        }
        description = "\(error)"
    }
}
