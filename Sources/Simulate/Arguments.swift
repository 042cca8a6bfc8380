import EventLog

/// What the command line asks for.
struct Arguments {
    var seeds = 1_000
    var from = 1
    /// One seed: its world, shrunk where it fails.
    var seed: Int?
    var exportFolder: String?
    var jobs = Lanes.coreCount
    /// What fails is not made smaller.
    var isQuick = false
    /// One of several processes: every so many seeds from the first.
    var stripe: Int?

    static let usage = """
        simulate --seeds N [--from S] [--jobs J]    worlds of the seeds S to S + N - 1; stops at the first failure
                                                    (--no-shrink: without making its world smaller)
        simulate --seed S                           one world; where it fails, a smaller one that fails as well
        simulate --seed S --export DIR              its log and the model's answers, for a model of another make

        """

    struct Wrong: Error { var message: String }

    init(_ arguments: [String]) throws {
        var rest = arguments[...]
        func number(_ name: String) throws -> Int {
            guard let text = rest.popFirst(), let number = Int(text), number >= 0 else {
                throw Wrong(message: "\(name) needs a number")
            }
            return number
        }
        while let name = rest.popFirst() {
            switch name {
            case "--seeds": seeds = try number(name)
            case "--from": from = try number(name)
            case "--seed": seed = try number(name)
            case "--jobs": jobs = max(1, try number(name))
            case "--stripe": stripe = try number(name)
            case "--no-shrink": isQuick = true
            case "--export":
                guard let folder = rest.popFirst() else { throw Wrong(message: "--export needs a folder") }
                exportFolder = folder
            default: throw Wrong(message: "unknown option \(name)")
            }
        }
        if exportFolder != nil, seed == nil { throw Wrong(message: "--export needs --seed") }
    }
}
