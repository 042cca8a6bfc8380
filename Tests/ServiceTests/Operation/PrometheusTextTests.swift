import Testing

@testable import Service

@Suite struct PrometheusTextTests {
    @Test func `labels are escaped, and one without a value is none`() {
        var text = PrometheusText()
        text.begin("a", .counter, "What it is.")
        text.add([("workspace", "a\"b\\c\nd"), ("part", "")], 1)
        text.add([("workspace", "")], 2)
        text.gauge("b", "Another.", 3)
        #expect(
            text.text == #"""
                # HELP a What it is.
                # TYPE a counter
                a{workspace="a\"b\\c\nd"} 1
                a 2
                # HELP b Another.
                # TYPE b gauge
                b 3

                """#)
    }
}
