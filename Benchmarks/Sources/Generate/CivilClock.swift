/// Milliseconds since 2024-01-01T00:00:00Z as RFC 3339 texts; the texts of the days are made once.
struct CivilClock {
    static let dayMilliseconds: UInt64 = 86_400_000
    private let days: [[UInt8]]

    init(days count: Int) {
        var year = 2024
        var month = 1
        var day = 1
        var texts: [[UInt8]] = []
        for _ in 0..<count {
            let two = { (number: Int) in (number < 10 ? "0" : "") + "\(number)" }
            texts.append(Array("\(year)-\(two(month))-\(two(day))T".utf8))
            day += 1
            guard day > Self.length(ofMonth: month, year) else { continue }
            day = 1
            month += 1
            guard month > 12 else { continue }
            month = 1
            year += 1
        }
        days = texts
    }

    private static func length(ofMonth month: Int, _ year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    func put(_ time: UInt64, into output: inout LineOutput) {
        output.put(days[Int(time / Self.dayMilliseconds)])
        let second = time % Self.dayMilliseconds / 1_000
        output.put(number: second / 3_600, digits: 2)
        output.put(":")
        output.put(number: second / 60 % 60, digits: 2)
        output.put(":")
        output.put(number: second % 60, digits: 2)
        output.put(".")
        output.put(number: time % 1_000, digits: 3)
        output.put("Z")
    }
}
