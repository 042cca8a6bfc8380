/// The data of what is bought, paid and earned.
extension EventWriter {
    /// The members of one item, without its braces.
    func putItem(_ random: inout SplitMix64, _ output: inout LineOutput) {
        output.put(#""sku":"CD-"#)
        output.put(number: random.below(90_000))
        output.put(#"","name":"Blue Hours","category":"music/jazz","brand":"Northlight","price":{"amount":"1"#)
        output.put(number: random.below(10))
        output.put(#".90","currency":"EUR"}"#)
    }

    func putCart(_ start: StaticString, _ random: inout SplitMix64, _ output: inout LineOutput) {
        output.put(#""cart":"c-"#)
        output.put(number: random.below(9_000_000))
        output.put(#"","#)
        output.put(start)
        output.put("{")
        putItem(&random, &output)
        output.put(#","quantity":1}],"total":{"amount":"14.90","currency":"EUR"}"#)
    }

    func putOrder(_ random: inout SplitMix64, _ output: inout LineOutput) {
        putTotal(UInt64(customer.cents), &output)
        output.put(#","items":[{"#)
        putItem(&random, &output)
        output.put(#","quantity":1}],"payment":"card""#)
        if type == .orderPlaced {
            output.put(#","deliveryBy":"parcel","email":"member"#)
            output.put(number: number)
            output.put(#"@example.com""#)
        } else {
            output.put(#","transaction":"tx-"#)
            output.put(number: random.below(9_000_000))
            output.put(#"","account":"**** 4242""#)
        }
    }

    func putShipment(_ middle: StaticString, _ random: inout SplitMix64, _ output: inout LineOutput) {
        output.put(#""shipment":"SH-"#)
        output.put(number: number, digits: 8)
        output.put("\"")
        output.put(middle)
        output.put(number: random.below(900_000_000))
        output.put(#"","items":1,"#)
        putTotal(UInt64(customer.cents), &output)
    }

    func putRefund(_ output: inout LineOutput) {
        putTotal(UInt64(customer.cents), &output)
        output.put(#","reason":"damaged","items":1,"refund":"RF-"#)
        output.put(number: number, digits: 8)
        output.put(#"","to":"card","note":"The case was broken when the parcel came""#)
    }

    func putEnrolment(_ output: inout LineOutput) {
        output.put(#""programme":"listeners","tier":"basic","via":"app","card":"9912 "#)
        output.put(number: number, digits: 8)
        output.put(#"","name":"Ada Martens","email":"member"#)
        output.put(number: number)
        output.put(#"@example.com","birthday":"1991-06-14""#)
    }

    func putRedemption(_ output: inout LineOutput) {
        output.put(#""points":100,"reward":"voucher-1","value":{"amount":"1.00","currency":"EUR"},"redemption":"rd-"#)
        output.put(number: number, digits: 8)
        output.put("\"")
    }

    private func putTotal(_ cents: UInt64, _ output: inout LineOutput) {
        output.put(#""total":{"amount":""#)
        output.put(cents: cents)
        output.put(#"","currency":"EUR"}"#)
    }
}
