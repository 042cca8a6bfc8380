extension Policy {
    /// The lines of the policy's canonical text at and below some paths, each once, in the order of the text.
    ///
    /// - Parameter paths: such as `loyalty.earn` or `lifecycle.stages[loyal]`.
    public func lines(below paths: [String]) -> [String] {
        guard !paths.isEmpty else { return [] }
        return canonical().split(separator: "\n").map(String.init).filter { line in
            paths.contains { path in
                line.hasPrefix(path) && line.dropFirst(path.count).first.map { " .[".contains($0) } == true
            }
        }
    }
}

extension LifecyclePolicy.Stage {
    /// The path of the stage in canonical text: `lifecycle.stages[loyal]`.
    public var path: String { "lifecycle.stages[\(name)]" }
}
