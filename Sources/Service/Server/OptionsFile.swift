import Foundation
import Yams

/// The file with options: YAML, sections with names inside.
enum OptionsFile {
    /// The options by their names, as texts; of lists the items with commas between.
    ///
    /// - Throws: ``ServiceOptionsError`` with the line, for what is no YAML and for a name that there is not.
    static func read(at path: String) throws(ServiceOptionsError) -> [String: String] {
        let text: String
        let root: Node?
        do { text = try String(contentsOf: URL(filePath: path), encoding: .utf8) } catch {
            throw ServiceOptionsError(description: "\(path) cannot be read")
        }
        do { root = try compose(yaml: text) } catch { throw ServiceOptionsError(description: "\(path): \(error)") }
        guard let root else { return [:] }
        guard let mapping = root.mapping else {
            throw ServiceOptionsError(description: "\(path): expected names of options, each with its value")
        }
        var options: [String: String] = [:]
        for (name, value) in mapping { try take(name, value, within: "", of: path, &options) }
        return options
    }

    private static func take(
        _ key: Node, _ value: Node, within section: String, of path: String, _ options: inout [String: String]
    ) throws(ServiceOptionsError) {
        let name = section + (key.string ?? "")
        if section.isEmpty, let mapping = value.mapping, !OptionNames.all.contains(name) {
            for (inner, value) in mapping { try take(inner, value, within: name + ".", of: path, &options) }
            return
        }
        // Nothing behind the name says nothing.
        let isSection = OptionNames.all.contains { $0.hasPrefix(name + ".") }
        if value.null != nil, isSection || OptionNames.all.contains(name) { return }
        let place = "\(path):\(key.mark?.line ?? 1): "
        guard OptionNames.all.contains(name) else {
            let unknown = OptionNames.unknown("option", name, among: OptionNames.all)
            throw ServiceOptionsError(description: place + unknown.description)
        }
        let items = value.sequence.map { $0.map(\.scalar?.string) } ?? [value.scalar?.string]
        guard value.sequence == nil || name == "workspaces", !items.contains(nil) else {
            throw ServiceOptionsError(description: "\(place)\(name) is no plain value")
        }
        options[name] = items.compactMap(\.self).joined(separator: ",")
    }
}
