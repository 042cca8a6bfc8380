import Testing
import Wayfold

@testable import Service

/// `Schemas/openapi.yaml` against the table of endpoints; `tools/contract` holds the answers against it.
struct ContractTests {
    private let contract: ContractFile

    init() throws { contract = try ContractFile() }

    @Test func `every endpoint is in the contract, and every operation of the contract is one`() async throws {
        try await TestService.with { [contract] service in
            let endpoints = service.service.endpoints.all.map { "\($0.method.rawValue.lowercased()) \($0.path)" }
            #expect(endpoints.count > 15)
            #expect(Set(endpoints) == Set(contract.operations.keys))
            #expect(endpoints.count == Set(endpoints).count)
        }
    }

    @Test func `an operation says whether it needs a key`() async throws {
        try await TestService.with { [contract] service in
            for endpoint in service.service.endpoints.all {
                let operation = try #require(
                    contract.operations["\(endpoint.method.rawValue.lowercased()) \(endpoint.path)"])
                let isOpen = operation.contains("      security: []")
                #expect(isOpen == (endpoint.scope == nil), "\(endpoint.path)")
                let statuses = ["401", "403"].filter { status in
                    operation.contains { $0.hasPrefix("        \"\(status)\":") }
                }
                #expect(statuses == (isOpen ? [] : ["401", "403"]), "\(endpoint.path)")
            }
        }
    }

    @Test func `every kind of problem is named, and its status is some operation's`() {
        let text = contract.lines.joined(separator: "\n")
        for kind in Problem.Kind.allCases {
            #expect(contract.kinds.contains(kind.rawValue), "\(kind)")
            // No path has it: the contract says of each which methods it has.
            guard kind != .methodNotAllowed else { continue }
            let isNamed = text.contains("\n        \"\(kind.status.code)\":")
            #expect(isNamed, "\(kind)")
        }
    }

    @Test func `every option of every part that ships is a parameter`() throws {
        let operation = try #require(contract.operations["get /v1/views/{view}/{part}"])
        for part in Catalogue.standard.parts {
            for option in part.options.map(\.name) {
                let isNamed = operation.contains {
                    $0.hasSuffix("/parameters/\(option)\" }") || $0.hasSuffix("/parameters/\(option)\"")
                        || $0.hasSuffix("- name: \(option)")
                }
                #expect(isNamed, "\(part.view)/\(part.name) \(option)")
            }
        }
    }
}
