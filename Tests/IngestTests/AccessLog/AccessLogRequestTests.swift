import Testing

@testable import Ingest

struct AccessLogRequestTests {
    @Test(
        arguments: [
            ("GET / HTTP/1.1", "GET / /"), ("GET /a/b?x=1#y HTTP/2.0", "GET /a/b /a/b?x=1#y"),
            ("POST /a#b HTTP/1.0", "POST /a /a#b"),
            ("GET http://x.example/a?b HTTP/1.1", "GET /a http://x.example/a?b"),
            ("GET https://x.example HTTP/1.1", "GET / https://x.example"), ("GET /?q HTTP/1.1", "GET / /?q"),
            ("GET /", nil), ("", nil), ("GET  HTTP/1.1", nil), ("GET /a b HTTP/1.1", nil), ("OPTIONS * HTTP/1.1", nil),
            ("GET /a SMTP/1", nil), ("CONNECT x.example:443 HTTP/1.1", nil), ("GET http:// HTTP/1.1", nil),
        ] as [(String, String?)])
    func `a request has a method, a path and what was asked for`(text: String, expected: String?) {
        let request = AccessLogRequest(Array(text.utf8))
        let words = request.map { [$0.method, $0.path, $0.target].map { String(decoding: $0, as: UTF8.self) } }
        #expect(words?.joined(separator: " ") == expected)
    }

    @Test(
        arguments: [
            ("/a.css", true), ("/a/B.CSS", true), ("/a.min.css", true), ("/a.css/b", false), ("/a", false),
            ("/", false),
            ("/.css", true), ("/a.cs", false), ("/css", false), ("/a.css.", false),
        ])
    func `parts of pages are known by their ending`(path: String, isAsset: Bool) throws {
        let request = try #require(AccessLogRequest(Array("GET \(path)?a.js HTTP/1.1".utf8)))
        #expect(request.hasEnding(of: ["css", "png"]) == isAsset)
    }

    @Test(
        arguments: [
            ("https://x.example/a", "x.example"), ("http://x.example:8080?a", "x.example:8080"),
            ("https://ada:pw@x.example/", "x.example"), ("android-app://x", nil), ("-", nil), ("https://", nil),
            ("https://ada@/", nil),
        ] as [(String, String?)])
    func `a referrer has a host`(address: String, host: String?) {
        let found = AccessLogRequest.hostAndRest(Array(address.utf8)[...])?.host
        #expect(found.map { String(decoding: $0, as: UTF8.self) } == host)
    }
}
