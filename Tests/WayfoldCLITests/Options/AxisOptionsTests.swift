import Testing

@testable import WayfoldCLI

@Suite struct AxisOptionsTests {
    @Test(arguments: ["yesterday", "1998-02-30", "1998-06-30T00:00:00", "1998-6-3", ""])
    func `anything else is wrong usage`(text: String) async {
        let (status, output, remarks) = await Recorder.run(["query", "visits", "--as-of", text])
        #expect(status == .wrongUsage)
        #expect(output == "")
        #expect(remarks.hasPrefix("wayfold: ") && remarks.contains("--as-of"))
    }
}
