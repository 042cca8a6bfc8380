import Policies

/// The names of options: `limits.headerSeconds` in the file and on the command line, `WAYFOLD_LIMITS_HEADER_SECONDS` in
/// the environment.
enum OptionNames {
    private static let prefix = "WAYFOLD_"
    /// Variables that are no options of the service.
    private static let others: Set = ["WAYFOLD_DATA"]

    static var all: [String] { ["listen", "workspaces", "logLevel"] + ServiceOptions.settings.map(\.name) }

    /// The variable that stands for an option.
    static func variable(_ option: String) -> String {
        var name = prefix
        for character in option {
            if character.isUppercase { name += "_" }
            name += character == "." ? "_" : character.uppercased()
        }
        return name
    }

    static func check(flags: [String: String]) throws(ServiceOptionsError) {
        for name in flags.keys.sorted() where !all.contains(name) { throw unknown("option", name, among: all) }
    }

    static func check(environment: [String: String]) throws(ServiceOptionsError) {
        let known = all.map(variable) + others
        for name in environment.keys.sorted() where name.hasPrefix(prefix) && !known.contains(name) {
            throw unknown("variable", name, among: known)
        }
    }

    /// Says which name there is not, and the nearest that there is.
    ///
    /// - Parameter kind: what it is a name of.
    static func unknown(_ kind: String, _ name: String, among known: [String]) -> ServiceOptionsError {
        let hint = nearest(to: name, among: known).map { "; did you mean \($0)?" } ?? ""
        return ServiceOptionsError(
            description: "there is no \(kind) \(name)\(hint) (wayfold serve --print-config shows all)")
    }
}
