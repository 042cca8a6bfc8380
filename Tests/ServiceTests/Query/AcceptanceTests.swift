import Testing

@testable import Service

@Suite struct AcceptanceTests {
    private let types = ["application/json", "application/x-ndjson", "text/csv"]

    @Test(
        arguments: [
            (nil, "application/json"), ("*/*", "application/json"), ("text/csv", "text/csv"),
            ("text/html, text/*;q=0.5", "text/csv"), ("application/json;q=0.1, text/csv;q=0.2", "text/csv"),
            ("TEXT/CSV; charset=utf-8", "text/csv"), ("*/*, application/json;q=0", "application/x-ndjson"),
            ("image/png", nil), ("application/json;q=0", nil), ("", nil), (";;,,", nil),
        ] as [(String?, String?)])
    func `the client's best comes first`(header: String?, best: String?) {
        #expect(Acceptance(header).best(of: types) == best)
    }
}
