import Testing

@testable import Service

@Suite struct PatienceTests {
    private static func seconds(
        _ patience: inout Patience, isReading: Bool = true, isWritable: Bool = true, bytes: Int = 0,
        upTo most: Int = 1_000
    ) -> Int? {
        for second in 1...most {
            if bytes > 0 { patience.received(bodyBytes: bytes) }
            if patience.pass(seconds: 1, isReading: isReading, isWritable: isWritable) { return second }
        }
        return nil
    }

    @Test func `headers, pauses and bodies have their time`() {
        var patience = Patience(ServiceLimits())
        #expect(Self.seconds(&patience) == 11)
        patience.began(.waiting(isFirst: false))
        #expect(Self.seconds(&patience) == 76)
        patience.began(.reading)
        #expect(Self.seconds(&patience) == 16)
        patience.began(.reading)
        #expect(Self.seconds(&patience, bytes: 1_000) == 16)
        patience.began(.reading)
        #expect(Self.seconds(&patience, bytes: 1_024) == nil)
        // What came quickly at first does not count for ever.
        patience.began(.reading)
        patience.received(bodyBytes: 1 << 20)
        #expect(Self.seconds(&patience) == 32)
    }

    @Test func `time in which the client waits for the service does not count`() {
        var patience = Patience(ServiceLimits())
        patience.began(.reading)
        #expect(Self.seconds(&patience, isReading: false) == nil)
        patience.began(.answering)
        #expect(Self.seconds(&patience) == nil)
        #expect(Self.seconds(&patience, isWritable: false) == 31)
    }
}
