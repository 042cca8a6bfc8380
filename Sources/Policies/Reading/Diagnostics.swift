/// Collects what is wrong while a policy is read, and which keys were asked for.
final class Diagnostics {
    private(set) var errors: [PolicyError] = []
    /// The pattern of every key that a reader understood, as `lifecycle.stages[].when.orders.min`.
    private(set) var understood: Set<String> = []

    func add(_ message: String, at field: Field, suggestion: String? = nil) {
        errors.append(
            PolicyError(
                line: field.node.mark?.line, column: field.node.mark?.column, path: field.path, message: message,
                suggestion: suggestion))
    }

    func add(_ error: PolicyError) { errors.append(error) }

    func understand(_ pattern: String) { understood.insert(pattern) }
}
