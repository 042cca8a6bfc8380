import Testing

@testable import Service

@Suite struct QueryParametersTests {
    @Test func `values are decoded, plus signs too, and names may come again`() throws {
        let parameters = try QueryParameters("where=stage+in%20a,b&where=x%3E%3D1&limit=5&empty=&bare")
        #expect(parameters.all("where") == ["stage in a,b", "x>=1"])
        #expect(try parameters["limit"] == "5")
        #expect(try parameters["empty"] == "")
        #expect(try parameters["bare"] == "")
        #expect(try parameters["none"] == nil)
        #expect(throws: Problem.self) { try parameters["where"] }
        #expect(try parameters.integer("limit", in: 1...9, default: 1) == 5)
        #expect(throws: Problem.self) { try parameters.integer("limit", in: 1...4, default: 1) }
        #expect(throws: Problem.self) { try parameters.allowOnly(["where", "limit"]) }
    }

    @Test(arguments: ["a=%", "a=%4", "a=%GG", "a=%C3%28", "%FF=1"])
    func `what is not percent-encoded UTF-8 is a problem`(query: String) {
        #expect(throws: Problem.self) { try QueryParameters(query) }
    }
}
