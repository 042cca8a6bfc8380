import Wayfold

extension ServiceOptions {
    /// All options as the file would say them, each with the name that it has in the environment.
    var yaml: String {
        var lines = [
            Self.line("listen", JSONString.quoted((host.contains(":") ? "[\(host)]" : host) + ":\(port)"), of: "listen")
        ]
        lines.append(Self.line("logLevel", logLevel, of: "logLevel"))
        lines.append(Self.line("workspaces", "", of: "workspaces"))
        lines += workspaces.sorted { $0.key < $1.key }.map { "  - " + JSONString.quoted("\($0.key)=\($0.value)") }
        var section = ""
        for setting in Self.settings {
            let words = setting.name.split(separator: ".").map(String.init)
            if words.count == 2, words[0] != section {
                section = words[0]
                lines.append(section + ":")
            }
            let value: String? =
                switch setting {
                case .number(_, let path): "\(self[keyPath: path])"
                case .text(_, let path): self[keyPath: path].map(JSONString.quoted)
                }
            let indent = words.count == 2 ? "  " : ""
            lines.append(indent + Self.line((value == nil ? "# " : "") + words.last!, value ?? "", of: setting.name))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func line(_ name: String, _ value: String, of option: String) -> String {
        name + ":" + (value.isEmpty ? "" : " " + value) + "  # " + OptionNames.variable(option)
    }
}
