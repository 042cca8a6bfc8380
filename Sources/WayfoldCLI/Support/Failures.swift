/// A command that was asked for wrongly: status 2.
struct UsageError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// A command that could not do its work: status 1.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// A check that found something, which it has already written: status 3.
struct FoundDifference: Error {}

/// A command that failed and has already said why: status 1.
struct AlreadyReported: Error {}
