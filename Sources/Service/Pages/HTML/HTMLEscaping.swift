/// The one place where a text becomes markup.
///
/// The five characters that mean something in markup are written as references, so a text can stand between tags as
/// well as between the quotation marks of an attribute. Characters that cannot be seen, turn the direction of others or
/// are no characters at all become U+FFFD; only the joiners that scripts and emoji need stay, and line feeds.
enum HTMLEscaping {
    static func append(_ text: String, to markup: inout String) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": markup += "&amp;"
            case "<": markup += "&lt;"
            case ">": markup += "&gt;"
            case "\"": markup += "&quot;"
            case "'": markup += "&#39;"
            case _ where scalar.isHarmless: markup.unicodeScalars.append(scalar)
            default: markup.unicodeScalars.append("\u{FFFD}")
            }
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isHarmless: Bool {
        switch value {
        case 0x20..<0x7F, 0x0A, 0x200C, 0x200D: return true
        default: break
        }
        switch properties.generalCategory {
        case .control, .format: return false
        default: return !properties.isNoncharacterCodePoint
        }
    }
}
