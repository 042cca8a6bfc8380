import Projections
import Testing
import Touchpoints

@testable import Views

struct FunnelOptionsTests {
    @Test func `names stand between commas`() throws {
        #expect(try FunnelOptions.names("page.viewed, order.paid", of: "steps") == ["page.viewed", "order.paid"])
    }

    @Test(arguments: ["", "a,,b", "a,", " "]) func `an empty name is refused`(text: String) {
        #expect(throws: QueryError.self) { try FunnelOptions.names(text, of: "steps") }
    }

    @Test func `a window is a length of time`() throws {
        #expect(try FunnelOptions.period(nil) == nil)
        #expect(try FunnelOptions.period("24h") == .elapsed(.hours(24)))
        #expect(
            throws: QueryError(
                "within: expected a length of time such as 30m, 24h or 7d, not `soon`", parameter: "within")
        ) {
            try FunnelOptions.period("soon")
        }
        #expect(throws: QueryError.self) { try FunnelOptions.period("0d") }
    }
}
