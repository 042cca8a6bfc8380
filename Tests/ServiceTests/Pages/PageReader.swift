import Foundation
import FoundationXML

/// A page as a strict parser reads it: no page may need a browser's mercy.
final class PageReader: NSObject, XMLParserDelegate {
    struct Malformed: Error, CustomStringConvertible { var description: String }

    private(set) var elements: [String: Int] = [:]
    private(set) var attributes: [(element: String, name: String, value: String)] = []
    /// All texts, one behind the other.
    private(set) var text = ""

    init(_ page: String) throws {
        super.init()
        let parser = XMLParser(data: Data(page.utf8))
        parser.delegate = self
        guard parser.parse() else {
            throw Malformed(
                description: "line \(parser.lineNumber), column \(parser.columnNumber): \(parser.parserError as Any)")
        }
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes found: [String: String]
    ) {
        elements[name, default: 0] += 1
        for (attribute, value) in found { attributes.append((name, attribute, value)) }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    /// The places that the page leads to.
    var targets: [String] {
        attributes.filter { ["href", "action", "src", "formaction"].contains($0.name) }.map(\.value)
    }
}
