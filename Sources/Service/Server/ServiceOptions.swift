import Logging

/// What a service is started with.
struct ServiceOptions: Sendable, Equatable {
    var host = "127.0.0.1"
    var port = 7_411
    /// The workspaces by name; the folder of each.
    var workspaces: [String: String] = [:]
    /// PEM files; both or none.
    var certificate: String?
    var privateKey: String?
    /// A key set for tokens (JWKS), with the issuer and the audience that they must name.
    var keySet: String?
    var issuer: String?
    var audience: String?
    var logLevel = "info"
    /// Seconds that a stop waits for what was accepted.
    var stopSeconds = 30
    var limits = ServiceLimits()

    /// - Throws: ``ServiceOptionsError`` naming the option.
    func check() throws {
        func fail(_ words: String) throws -> Never { throw ServiceOptionsError(description: words) }
        guard (0...65_535).contains(port) else { try fail("listen: the port \(port) is not in 0...65535") }
        guard Logger.Level(rawValue: logLevel) != nil else {
            let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
            try fail("logLevel is \(logLevel); it can be \(levels)")
        }
        guard !workspaces.isEmpty else { try fail("there is no workspace") }
        guard (certificate == nil) == (privateKey == nil) else {
            try fail("tls.certificate and tls.privateKey are given together, or none of them")
        }
        guard (keySet == nil) == (issuer == nil), (keySet == nil) == (audience == nil) else {
            try fail("jwt.keySet, jwt.issuer and jwt.audience are given together, or none of them")
        }
    }
}

/// Options that make no sense.
struct ServiceOptionsError: Error, CustomStringConvertible {
    let description: String
}
