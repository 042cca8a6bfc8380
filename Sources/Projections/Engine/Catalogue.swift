/// The views of a program: one line registers a view, everything else follows from its name, version and types.
public struct Catalogue: Sendable {
    public let projectors: [any Projector.Type]

    /// - Parameter projectors: with distinct names; the order is that of listings.
    public init(_ projectors: [any Projector.Type]) {
        precondition(
            Set(projectors.map { $0.name }).count == projectors.count, "two views of the catalogue have the same name")
        precondition(
            projectors.allSatisfy { $0.reservedNames.isDisjoint(with: $0.partNames) },
            "every view has a part \(Corrections.name), \(Explanation.name) and \(Explanation.behind) already")
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
            throw unknown(view: name)
        }
        return projector
    }

    func unknown(view name: String) -> QueryError {
        QueryError("there is no view \(name); there are \(names.joined(separator: ", "))", isAboutUnknown: true)
    }

    /// What can be asked: each part of each view with its columns and options.
    public var parts: [PartDescription] { projectors.flatMap { $0.partDescriptions } }

    /// The columns of the rows that a question gets.
    public func columns(of question: Question) throws(QueryError) -> [Column] {
        let projector = try projector(named: question.view)
        let parts = projector.partDescriptions
        guard let part = parts.first(where: { question.part == nil || $0.name == question.part }) else {
            throw QueryError(
                "\(question.view) has no part \(question.part ?? ""); "
                    + "it has \(parts.map(\.name).joined(separator: ", "))", isAboutUnknown: true)
        }
        return question.changesSince == nil ? part.columns : [Changes.column] + part.columns
    }
}

/// A part without its projector's type: what help texts, routes and checks need.
public struct PartDescription: Sendable, Hashable {
    public let view: String
    public let name: String
    public let columns: [Column]
    /// Those of its columns by which a row is the same row in another answer; nil: there are none such.
    public let key: [String]?
    /// What the rows of one customer are made from.
    public let reach: PartReach
    public let options: [PartOption]

    /// What parts are called that have a row or a few for each customer.
    static let figureNames = ["customers", "members"]
    /// Whether its rows are figures of single customers.
    public var holdsFigures: Bool { Self.figureNames.contains(name) }

    /// `VIEW/PART`.
    public var path: String { "\(view)/\(name)" }
}

extension Projector {
    /// The names of the parts that the runtime gives every view.
    fileprivate static var reservedNames: Set<String> { [Corrections.name, Explanation.name, Explanation.behind] }
    fileprivate static var partNames: [String] { parts.map(\.name) }

    static var partDescriptions: [PartDescription] {
        allParts.map { part in
            // A customer may have many steps: what takes long says that it needs everybody.
            PartDescription(
                view: name, name: part.name, columns: part.columns, key: part.key,
                reach: part.name == Explanation.name ? .everyone : part.reach,
                options: part.options)
        } + [
            PartDescription(
                view: name, name: Corrections.name, columns: Corrections.columns, key: nil, reach: .everyone,
                options: Corrections.options)
        ]
    }
}
