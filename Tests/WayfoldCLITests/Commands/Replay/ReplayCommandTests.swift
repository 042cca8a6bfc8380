import Foundation
import Projections
import Testing
import Touchpoints
import Wayfold

@testable import WayfoldCLI

@Suite struct ReplayCommandTests {
    private let scratch: Scratch
    private let policy: String

    init() async throws {
        scratch = try Scratch()
        policy = try scratch.file("policy.yaml", "journey: {sessionGap: 2h}\n")
        try await scratch.import([("member:1", "page.viewed", ""), ("member:2", "page.viewed", "")])
    }

    private func run(_ arguments: String...) async -> (status: ProgramStatus, output: String, remarks: String) {
        await Recorder.run(["replay", "--data", scratch.data] + arguments, catalogue: .gaps)
    }

    @Test func `a what-if says what differs, in total and by customer, and status 3`() async throws {
        let values = await run("--policy", policy, "--diff", "--format", "csv")
        #expect(values.status == .difference)
        #expect(
            values.output == "view,part,key,column,before,after\r\n" + "gaps,customers,member:1,minutes,30,120\r\n"
                + "gaps,customers,member:2,minutes,30,120\r\n")
        #expect(values.remarks.contains(#"{"values":2,"rows":2,"position_before":3,"position":3,"#))
        let totals = await run("--policy", policy, "--diff", "--totals")
        #expect(totals.status == .difference)
        #expect(
            totals.output == #"{"view":"gaps","group":null,"column":"minutes","before":"60","after":"240","#
                + #""change":"180","customers":2}"# + "\n")
        let table = await run("--policy", policy, "--diff", "--format", "table")
        #expect(
            table.remarks.hasSuffix(
                "wayfold: 2 values of 2 rows differ between position 3 and position 3 of the replay\n"))
        let same = await run("--diff")
        #expect(same.status == .done && same.output == "")
    }

    @Test func `a replay that is kept is asked with --data, and compared with others`() async throws {
        let place = scratch.path + "/what-if"
        let made = await run("--policy", policy, "--out", place)
        #expect(made.status == .done, "\(made.remarks)")
        #expect(made.output.hasPrefix(#"{"view":"gaps","position":3,"policy":1,"supposed":true,"digest":""#))
        #expect(await run("--policy", policy, "--out", place).output == made.output)
        func ask(_ arguments: String...) async -> (status: ProgramStatus, output: String, remarks: String) {
            await Recorder.run(arguments + ["--data", place], catalogue: .gaps)
        }
        let query = await ask("query", "gaps", "--sort", "-customer", "--format", "csv")
        #expect(query.remarks.contains(#""supposed":true}"#))
        #expect(query.output == "customer,minutes\r\nmember:2,120\r\nmember:1,120\r\n")
        #expect(await ask("customer", "member:1").output.contains(#""gaps":[{"minutes":120}]"#))
        let export = await ask("export", "--to", scratch.path + "/x.csv")
        #expect(export.status == .done, "\(export.remarks)")
        #expect(await ask("replay", "--diff").status == .difference)
        #expect(await ask("replay", "--diff", place).status == .done)
        #expect(await run("--diff", place, "--as-known", "3").status == .difference)
        for command in [["status"], ["rebuild"], ["tick"], ["import", "x"]] {
            let refused = await Recorder.run(command + ["--data", place], catalogue: .gaps)
            #expect(refused.status == .failed, "\(command)")
        }
        #expect(await ask("replay", "--policy", policy, "--diff").status == .wrongUsage)
    }

    @Test(arguments: [
        [], ["--totals", "--out", "x"], ["--policy-from", "3", "--diff"], ["--diff", "--view", "nothing"],
        ["--diff", "--as-known", "99"], ["--diff", "--policy", "policy.yaml", "--policy-from", "0"],
    ])
    func `what makes no sense is wrong usage`(arguments: [String]) async throws {
        let (status, output, _) = await Recorder.run(
            ["replay", "--data", scratch.data] + arguments, catalogue: .gaps)
        #expect(status == .wrongUsage)
        #expect(output == "")
    }
}

/// A view that shows the policy's session gap.
private struct Gaps: Projector {
    struct State: ViewState {
        var minutes: Int64 = 0

        init() {}
        init(from reader: inout ByteReader) throws { minutes = try reader.readInt64() }
        func encode(into writer: inout ByteWriter) { writer.write(minutes) }
    }

    static let name = "gaps"
    static let version = 1
    static func reads(_ policy: Policy) -> String { policy.canonical(of: [.journey]) }

    private let gap: Elapsed

    init(_ active: ActivePolicy) { gap = active.policy.journey.sessionGap }

    func fold(_ state: inout State, _ event: borrowing EventView, _ sink: inout Sink) throws {
        state.minutes = gap.microseconds / 60_000_000
    }

    static let parts: [Part<Gaps>] = [
        Part(
            "customers", columns: [.text("customer"), .integer("minutes")], key: ["customer"],
            options: [.customer(required: false)]
        ) { view, query, emit in
            try view.forEachCustomer(of: query) { customer, state in
                try emit([.text(try view.name(of: customer)), .integer(state.minutes)])
            }
        }
    ]
}

extension Catalogue {
    fileprivate static let gaps = Catalogue([Gaps.self])
}
