import Policies
import Testing
import Touchpoints

@testable import Ingest

struct SegmentRuleTests {
    @Test func `each event of the e-commerce spec becomes one of ours`() throws {
        var outcome = Outcome()
        var reader = SegmentEventReader(
            decoder: EventDecoder(context: .builtIn), policy: Policy.default.segment)
        let file = try Golden.bytes("segment/e-commerce.ndjson")
        reader.push(file, into: &outcome.batch, rejected: &outcome.rejected)
        reader.finish(into: &outcome.batch, rejected: &outcome.rejected)
        #expect(outcome.refusals == [])
        #expect(outcome.batch.count == 33)
        try Golden.expect(outcome.words, "segment/e-commerce.golden.txt")
    }

    @Test func `every meaning in the default policy is a built-in type with rules`() {
        for event in Policy.default.segment.events {
            let type = EventType(builtIn: event.type)
            #expect(type.map { !SegmentRule.rules(for: $0).isEmpty } == true, "\(event.name)")
        }
    }

    @Test(
        arguments: [
            (#"{"total":27.5,"revenue":25}"#, "27.50 USD"), (#"{"revenue":25}"#, "25.00 USD"),
            (#"{"value":"1e1","currency":"eur"}"#, "10.00 EUR"), (#"{"total":"12.3"}"#, "12.30 USD"),
            (#"{"total":59.97000000000001,"currency":"EUR"}"#, "59.97 EUR"), (#"{"total":0}"#, "0.00 USD"),
            (#"{"total":1200.4,"currency":"JPY"}"#, "1200 JPY"), (#"{"total":null,"revenue":3}"#, "3.00 USD"),
            (#"{"total":"free","value":3}"#, "3.00 USD"), (#"{"total":5,"currency":null}"#, "5.00 USD"),
            (#"{"total":{"amount":"7.50","currency":"CHF"}}"#, "7.50 CHF"),
        ])
    func `an order's total is read from what there is`(properties: String, total: String) throws {
        let outcome = try Outcome(track: "Order Completed", properties)
        #expect(outcome.refusals == [])
        #expect(outcome.words(0)[0] == "m order.paid customer:7 now \(total)")
    }

    @Test(
        arguments: [
            ("coupon.redeemed", "{}", "1 m properties.coupon: is missing"),
            ("coupon.redeemed", #"{"coupon":5,"offer":6}"#, "1 m properties.coupon: expected a string"),
            ("Order Completed", "{}", "1 m properties.total: is missing, and so are value and revenue"),
            ("Order Completed", #"{"total":"free"}"#, "1 m properties.total: expected an amount such as 12.34"),
            ("Order Completed", #"{"revenue":1e40}"#, "1 m properties.revenue: expected an amount such as 12.34"),
            (
                "Order Completed", #"{"total":1,"currency":"Euro"}"#,
                "1 m properties.currency: expected a currency of three letters"
            ),
            (
                "Order Completed", #"{"total":{"amount":7,"currency":"EUR"}}"#,
                "1 m properties.total.amount: expected a string"
            ),
            (
                "Order Refunded", #"{"order_id":"A","products":[{"sku":"x"}]}"#,
                "1 m properties.total: is missing, and so are value and revenue"
            ),
        ])
    func `what a type must have is refused where it does not fit`(event: String, properties: String, refusal: String)
        throws
    {
        let outcome = try Outcome(track: event, properties)
        #expect(outcome.refusals == [refusal])
        #expect(outcome.batch.isEmpty)
    }

    @Test(
        arguments: [
            ("Product Viewed", #"{"price":"n/a"}"#, #"{"segment":{"properties":{"price":"n/a"}}}"#),
            ("Product Viewed", #"{"position":0}"#, #"{"position":0}"#),
            ("Product Viewed", #"{"sku":17}"#, #"{"sku":"17"}"#),
            (
                "Product Viewed", #"{"inStock":"yes","sku":"a"}"#,
                #"{"segment":{"properties":{"inStock":"yes"}},"sku":"a"}"#
            ),
            (
                "Product Viewed", #"{"price":1.005}"#,
                #"{"price":{"amount":"1.01","currency":"USD"},"segment":{"properties":{"price":1.005}}}"#
            ),
            ("Product Viewed", #"{"sku":"a","product_id":"b"}"#, #"{"product_id":"b","sku":"a"}"#),
            ("Product Viewed", #"{"currency":"EUR"}"#, #"{"currency":"EUR"}"#),
            (
                "Product Viewed", #"{"price":1,"currency":"Euro"}"#,
                #"{"currency":"Euro","segment":{"properties":{"price":1}}}"#
            ),
            ("Product Viewed", #"{"category":["a"],"name":null}"#, #"{"segment":{"properties":{"category":["a"]}}}"#),
            (
                "Product Added", #"{"sku":"a","quantity":"2"}"#,
                #"{"change":"added","changed":[{"quantity":2,"sku":"a"}]}"#
            ),
            ("Product Added", #"{"quantity":-1}"#, #"{"change":"added","quantity":-1}"#),
            ("Product Added", #"{"change":"x"}"#, #"{"change":"added","segment":{"properties":{"change":"x"}}}"#),
            (
                "Cart Viewed", #"{"products":[{"price":"x","properties":1}]}"#,
                #"{"items":[{"properties":{"price":"x","properties":1}}]}"#
            ),
            ("Cart Viewed", #"{"products":[1]}"#, #"{"products":[1]}"#),
            ("Cart Viewed", #"{"products":3}"#, #"{"products":3}"#),
            (
                "Products Searched", #"{"query":{"color":"blue"}}"#,
                #"{"segment":{"properties":{"query":{"color":"blue"}}}}"#
            ),
            ("Product List Filtered", #"{"filters":["a",{"type":"b","value":3}]}"#, #"{"filters":["a","b=3"]}"#),
            (
                "Product List Filtered", #"{"filters":[{"type":"b"}]}"#,
                #"{"segment":{"properties":{"filters":[{"type":"b"}]}}}"#
            ),
            (
                "order.shipped", #"{"items":2,"expectedAt":"soon"}"#,
                #"{"items":2,"segment":{"properties":{"expectedAt":"soon"}}}"#
            ),
        ])
    func `what does not fit a built-in type is kept aside`(event: String, properties: String, data: String) throws {
        let outcome = try Outcome(track: event, properties)
        #expect(outcome.refusals == [])
        #expect(outcome.batch.count == 1)
        #expect(outcome.whole == data)
    }

    @Test func `a schema of one's own is held against the properties as they came`() throws {
        var registry = SchemaRegistry()
        try registry.activate(
            type: "Seat Chosen", version: 1, json: #"{"required":["seat"],"properties":{"seat":{"type":"string"}}}"#)
        let context = EventDecoder.Context(keys: .sample, rules: registry) { _ in nil }
        var outcome = Outcome()
        var reader = SegmentReader(decoder: EventDecoder(context: context), policy: Policy.default.segment)
        let body = #"""
            {"batch":[{"type":"track","event":"Seat Chosen","userId":"7","messageId":"1","properties":{"seat":"4a","x":1}},
            {"type":"track","event":"Seat Chosen","userId":"7","messageId":"2","properties":{"seat":4}},
            {"type":"track","event":"Seat Chosen","userId":"7","messageId":"3"}]}
            """#
        try reader.read(
            Array(body.utf8), as: .batch, source: "web", receivedAt: .epoch, into: &outcome.batch,
            rejected: &outcome.rejected)
        #expect(outcome.clearJSON == #"{"seat":"4a"}"#)
        #expect(outcome.refusals == ["2 2 properties.seat: expected a string", "3 3 properties.seat: is missing"])
    }
}
