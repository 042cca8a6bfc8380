import ArgumentParser
import Projections
import Touchpoints

struct SchemaListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the types of events that have a schema.",
        discussion: """
            Example: the types of your own.

              wayfold schema list --format csv
            """)

    @OptionGroup var data: DataOption
    @OptionGroup var format: FormatOption

    func run() throws {
        let own = try SchemaText.registry(data).activated
        try format.write([.text("type"), .integer("version"), .text("origin")]) { emit in
            for (type, activated) in own.sorted(by: { $0.key < $1.key }) {
                try emit([.text(type), .integer(activated.version), .text("own")])
            }
            for (type, _) in SchemaRegistry.builtInTexts { try emit([.text(type), .null, .text("built-in")]) }
        }
    }
}
