import ArgumentParser
import Testing

@testable import WayfoldCLI

struct MemoryOptionTests {
    @Test func `sizes are whole mebibytes or gibibytes`() throws {
        #expect(try MemoryOption.bytes("64M") == 64 << 20)
        #expect(try MemoryOption.bytes("4G") == 4 << 30)
    }

    @Test(arguments: [
        "", "M", "512", "1.5G", "512m", "-1G", "0M", "63M", "99999999999999999999G", "9223372036854775807G",
    ])
    func `what is no size, or too small a one, is refused`(text: String) {
        #expect(throws: ValidationError.self) { try MemoryOption.bytes(text) }
    }
}
