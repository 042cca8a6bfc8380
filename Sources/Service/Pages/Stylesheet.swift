import Digests
import Foundation

/// How all pages look: one sheet, in the page itself, for light and dark screens of any width.
///
/// It holds no character that means something in markup, so it stands in a page as any other text does.
enum Stylesheet {
    static let text = """
        :root {
            color-scheme: light dark; --paper: #fbfbf9; --ink: #1d2022; --faint: #5d6469; --line: #d8d8d2;
            --mark: #2a6f97;
        }
        @media (prefers-color-scheme: dark) {
        :root { --paper: #15181a; --ink: #e4e6e3; --faint: #9aa2a6; --line: #353b3f; --mark: #4d9dc7; }
        }
        * { box-sizing: border-box; }
        body {
            margin: 0 auto; max-width: 72rem; padding: 0 1rem 3rem; background: var(--paper); color: var(--ink);
            font: 1rem/1.45 system-ui, sans-serif;
        }
        header {
            display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; align-items: center;
            justify-content: space-between; padding: 1rem 0; border-bottom: 1px solid var(--line);
        }
        header a { font-weight: 600; text-decoration: none; }
        a { color: var(--mark); }
        h1 { font-size: 1.6rem; line-height: 1.2; margin: 1.5rem 0 0.5rem; overflow-wrap: anywhere; }
        h2 { font-size: 1.2rem; margin: 2.5rem 0 0.5rem; }
        form { display: flex; gap: 0.5rem; align-items: center; }
        input, button {
            font: inherit; color: inherit; background: transparent; border: 1px solid var(--faint);
            border-radius: 4px; padding: 0.35rem 0.6rem; min-width: 0;
        }
        input:focus-visible, button:focus-visible, a:focus-visible, .wide:focus-visible {
            outline: 2px solid var(--mark); outline-offset: 2px;
        }
        p { max-width: 42rem; }
        .note { color: var(--faint); }
        .warning { border-left: 4px solid var(--mark); padding-left: 0.75rem; }
        .wide { overflow-x: auto; max-width: 100%; }
        .beside { display: flex; flex-wrap: wrap; gap: 0 3rem; align-items: flex-start; }
        table { border-collapse: collapse; margin: 0.75rem 0; font-variant-numeric: tabular-nums; }
        caption { text-align: left; font-weight: 600; padding: 0.25rem 0; }
        th, td {
            text-align: left; vertical-align: baseline; padding: 0.3rem 1rem 0.3rem 0;
            border-bottom: 1px solid var(--line); overflow-wrap: break-word; min-width: 3rem; max-width: 24rem;
        }
        thead th { color: var(--faint); font-weight: 500; white-space: nowrap; }
        tbody th { font-weight: 500; }
        .number { text-align: right; white-space: nowrap; }
        time { white-space: nowrap; }
        .bar { display: block; width: 9rem; height: 0.8rem; }
        .bar .track { fill: var(--line); }
        .bar .part { fill: var(--mark); }
        .heat tbody th { border-bottom: 0; }
        .heat td { text-align: right; border: 1px solid var(--paper); padding: 0.45rem 0.7rem; }
        .heat1 { background: color-mix(in srgb, var(--mark) 8%, var(--paper)); }
        .heat2 { background: color-mix(in srgb, var(--mark) 18%, var(--paper)); }
        .heat3 { background: color-mix(in srgb, var(--mark) 28%, var(--paper)); }
        .heat4 { background: color-mix(in srgb, var(--mark) 38%, var(--paper)); }
        .heat5 { background: color-mix(in srgb, var(--mark) 48%, var(--paper)); }
        """

    /// What a browser may do with a page: show it with this sheet, and send its form here; nothing else.
    ///
    /// The value of the header `Content-Security-Policy`.
    static let contentSecurityPolicy: String = {
        let digest = Data(SHA256.digest(of: Array(text.utf8)).bytes).base64EncodedString()
        return "default-src 'none'; style-src 'sha256-\(digest)'; form-action 'self'; base-uri 'none'; "
            + "frame-ancestors 'none'"
    }()
}
