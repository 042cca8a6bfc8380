/// The views of a program: one line registers a view, everything else follows from its name, version and types.
public struct Catalogue: Sendable {
    public let projectors: [any Projector.Type]

    /// - Parameter projectors: with distinct names; the order is that of listings.
    public init(_ projectors: [any Projector.Type]) {
        precondition(
            Set(projectors.map { $0.name }).count == projectors.count, "two views of the catalogue have the same name")
        self.projectors = projectors
    }

    /// The same views and more.
    public static func + (catalogue: Catalogue, more: [any Projector.Type]) -> Catalogue {
        Catalogue(catalogue.projectors + more)
    }

    /// The names of the views.
    public var names: [String] { projectors.map { $0.name } }

    /// The projector of that name.
    public func projector(named name: String) throws(QueryError) -> any Projector.Type {
        guard let projector = projectors.first(where: { $0.name == name }) else {
            throw QueryError("there is no view \(name); there are \(names.joined(separator: ", "))")
        }
        return projector
    }

    /// What can be asked: each part of each view with its columns and options.
    public var parts: [PartDescription] { projectors.flatMap { $0.partDescriptions } }
}

/// A part without its projector's type: what help texts, routes and checks need.
public struct PartDescription: Sendable, Hashable {
    public let view: String
    public let name: String
    public let columns: [Column]
    public let options: [PartOption]
}

extension Projector {
    static var partDescriptions: [PartDescription] {
        allParts.map { PartDescription(view: name, name: $0.name, columns: $0.columns, options: $0.options) }
    }
}
