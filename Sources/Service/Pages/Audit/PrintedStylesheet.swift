import Digests
import Foundation

/// How audit reports look: black on white, made for A4 and as wide on a screen.
///
/// Like ``Stylesheet`` it holds no character that means something in markup.
enum PrintedStylesheet {
    static let text = """
        @page { size: A4; margin: 16mm 14mm 18mm; @bottom-right { content: counter(page); font: 8pt sans-serif; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 190mm; padding: 4mm; color: #111; background: #fff; font: 9.5pt/1.4 system-ui, sans-serif; }
        h1 { font-size: 17pt; line-height: 1.2; margin: 0 0 2mm; overflow-wrap: anywhere; }
        h2 { font-size: 12.5pt; margin: 8mm 0 1mm; border-bottom: 1px solid #111; }
        h1, h2, h3, caption { break-after: avoid; }
        p { margin: 1.5mm 0; max-width: 165mm; overflow-wrap: anywhere; }
        .note { color: #555; }
        .warning { border-left: 3px solid #111; padding-left: 3mm; font-weight: 600; }
        table { border-collapse: collapse; width: 100%; margin: 2mm 0 4mm; font-size: 8.5pt; font-variant-numeric: tabular-nums; }
        caption { text-align: left; font-weight: 600; padding: 1mm 0; font-size: 9.5pt; overflow-wrap: anywhere; }
        thead { display: table-header-group; }
        tr { break-inside: avoid; }
        th, td {
            text-align: left; vertical-align: top; padding: 0.8mm 2.5mm 0.8mm 0; border-bottom: 1px solid #ccc;
            overflow-wrap: anywhere; min-width: 28mm; font-weight: 400;
        }
        thead th { font-weight: 600; border-bottom: 1px solid #111; overflow-wrap: normal; }
        td:last-child { min-width: 40mm; }
        .number { text-align: right; white-space: nowrap; min-width: 10mm; }
        time { white-space: nowrap; }
        code, pre { font: 7.2pt/1.35 ui-monospace, monospace; overflow-wrap: anywhere; }
        pre { white-space: pre-wrap; margin: 1.5mm 0; padding: 2mm; border: 1px solid #ccc; }
        caption + tbody th { width: 52mm; }
        td code, .entry code { display: block; }
        td code { width: 36mm; }
        summary { font-size: 8.5pt; color: #555; }
        .entry { margin: 0 0 2.5mm; break-inside: avoid; }
        @media print { body { padding: 0; max-width: none; } details { display: none; } }
        @media screen { body { padding: 10mm; } .wide { overflow-x: auto; } }
        """

    /// A kept page may show itself with this sheet, and nothing else.
    static let contentSecurityPolicy: String = {
        let digest = Data(SHA256.digest(of: Array(text.utf8)).bytes).base64EncodedString()
        return "default-src 'none'; style-src 'sha256-\(digest)'"
    }()
}
