/// Made-up events as CloudEvents JSON of about 400 bytes: the same for the same number.
enum Events {
    private static let types = ["page.viewed", "product.viewed", "cart.updated", "order.paid", "chat.started"]

    /// One event a line, with its end.
    static func lines(_ numbers: Range<Int>) -> [[UInt8]] { numbers.map { Array(line($0).utf8) } }

    private static func line(_ number: Int) -> String {
        let type = types[number % types.count]
        let customer = number &* 7_919 % 5_000
        let order = type == "order.paid" ? #""orderid":"o-\#(number)","# : ""
        return #"{"specversion":"1.0","id":"5b2f8c1e-9d3a-4c7b-8e6f-\#(number)","source":"shop","type":"\#(type)","#
            + #""subject":"member:\#(customer)","time":"\#(time(number))","channel":"web","sessionid":"s-\#(number / 8)","#
            + order + #""data":{\#(data(type, number))}}"# + "\n"
    }

    private static func data(_ type: String, _ number: Int) -> String {
        switch type {
        case "page.viewed":
            #""path":"/music/\#(number)","title":"Records of the week","url":"https://shop.example.com/music/\#(number)","#
                + #""referrerHost":"search.example.org","medium":"search","status":200,"language":"en","ip":"192.0.2.7""#
        case "product.viewed": item(number) + #","inStock":true,"url":"https://shop.example.com/p/\#(number)""#
        case "cart.updated": #""cart":"c-\#(number)","change":"added","items":[{\#(item(number)),"quantity":1}]"#
        case "order.paid":
            #""total":{"amount":"\#(number % 90 + 5).90","currency":"EUR"},"items":[{\#(item(number)),"quantity":1}],"#
                + #""payment":"card","account":"**** 4242""#
        default: #""chat":"ch-\#(number)","topic":"delivery","queue":"orders","bot":true"#
        }
    }

    private static func item(_ number: Int) -> String {
        #""sku":"CD-\#(number % 9_000)","name":"Blue Hours","price":{"amount":"14.90","currency":"EUR"}"#
    }

    /// Ten seconds after the one before, from 2025 on.
    private static func time(_ number: Int) -> String {
        let second = number * 10
        let day = second / 86_400
        func two(_ value: Int) -> String { (value < 10 ? "0" : "") + "\(value)" }
        return "\(2025 + day / 336)-\(two(day / 28 % 12 + 1))-\(two(day % 28 + 1))"
            + "T\(two(second / 3_600 % 24)):\(two(second / 60 % 60)):\(two(second % 60))Z"
    }
}
