import Testing

@testable import Service

@Suite struct HistogramTests {
    @Test func `ranges count all that is not above them`() {
        var histogram = Histogram([1, 2.5])
        for value in [0.5, 1, 2, 3, 4] { histogram.add(value) }
        #expect(
            histogram.lines("x", "a=\"b\"") == """
                x_bucket{a="b",le="1.0"} 2
                x_bucket{a="b",le="2.5"} 3
                x_bucket{a="b",le="+Inf"} 5
                x_sum{a="b"} 10.5
                x_count{a="b"} 5

                """)
    }
}
