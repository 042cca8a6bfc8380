import HTTPTypes
import Testing

@testable import Service

struct PagesRouteTests {
    @Test func `the first page and a customer's page are served, at the head of the log`() async throws {
        try await TestService.with { service in
            try await service.store([Sample.order(1), Sample.visit("v")])
            for path in ["/", "/customer?alias=member%3A1", "/customer?alias=1"] {
                let reply = try await service.get(path)
                #expect(reply.status == 200)
                #expect(reply.headers[.contentType] == "text/html; charset=utf-8")
                #expect(reply.headers[.contentSecurityPolicy] == Stylesheet.contentSecurityPolicy)
                #expect(reply.headers[.position] == "3")
                _ = try PageReader(reply.text)
            }
        }
    }

    @Test(arguments: [
        ("/customer?alias=member:2", 404, "there is no customer member:2"),
        ("/customer?alias=%3Cscript%3E", 404, "there is no customer <script>"),
        ("/customer", 400, "there is no alias: whose page?"), ("/?alias=1", 400, "there is no parameter alias"),
        ("/customer?alias=a&alias=b", 400, "alias was given 2 times"),
    ])
    func `what is wrong is said on a page`(path: String, status: Int, words: String) async throws {
        try await TestService.with { service in
            let reply = try await service.get(path)
            #expect(reply.status == status)
            #expect(reply.headers[.contentType] == "text/html; charset=utf-8")
            #expect(try PageReader(reply.text).text.contains(words))
        }
    }
}
