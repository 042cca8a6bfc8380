import Projections

/// Something that is not as the model says: where, and what differs.
public struct Mismatch: Error, CustomStringConvertible, Sendable {
    public let description: String

    init(_ description: String) { self.description = description }
}

extension Canon {
    /// What of a view's image is otherwise, in words; nil when it is the same.
    func difference<P: Projector>(from image: ViewImage, _: P.Type) -> String? {
        for customer in Set(states.keys).union(image.states.keys).sorted() {
            let (expected, found) = (states[customer], image.states[customer])
            if setAside.contains(customer) != image.setAside.contains(customer) {
                return "customer \(customer): set aside is \(image.setAside.contains(customer)), not "
                    + "\(setAside.contains(customer))"
            }
            guard expected != found else { continue }
            guard let expected else { return "customer \(customer): is in the view, and should not be" }
            guard let found else { return "customer \(customer): is not in the view" }
            return "customer \(customer): " + Self.field(P.self, found, expected)
        }
        for cell in Set(totals.keys).union(image.totals.keys).sorted() where totals[cell] != image.totals[cell] {
            return "cell \(cell.table)/\(cell.a)/\(cell.b): is \(image.totals[cell] ?? 0), not \(totals[cell] ?? 0)"
        }
        for cell in Set(labels.keys).union(image.labels.keys).sorted() where labels[cell] != image.labels[cell] {
            return "cell \(cell.table)/\(cell.a)/\(cell.b): has another label"
        }
        return nil
    }

    /// The first member in which two states differ.
    private static func field<P: Projector>(_: P.Type, _ found: [UInt8], _ expected: [UInt8]) -> String {
        func decoded(_ bytes: [UInt8]) -> P.State? {
            var reader = ByteReader(bytes.span.bytes)
            return try? P.State(from: &reader)
        }
        guard let found = decoded(found), let expected = decoded(expected) else { return "its state cannot be read" }
        for (one, other) in zip(Mirror(reflecting: found).children, Mirror(reflecting: expected).children) {
            let (is_, should) = ("\(one.value)", "\(other.value)")
            if is_ != should { return "\(one.label ?? "state") is \(is_), not \(should)" }
        }
        return "its state is \(found), not \(expected)"
    }
}
