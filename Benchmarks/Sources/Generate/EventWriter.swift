/// Writes one event as CloudEvents JSON.
struct EventWriter {
    let type: Touchpoint
    let customer: Customer
    let number: UInt64
    let time: UInt64
    let clock: CivilClock

    private static let channels: [StaticString] = ["web", "web", "app", "app", "email", "store", "phone", "chat"]

    func write(_ random: inout SplitMix64, into output: inout LineOutput) {
        output.put(#"{"specversion":"1.0","id":""#)
        putIdentifier(&random, into: &output)
        output.put(#"","source":""#)
        output.put(type.source)
        output.put(#"","type":""#)
        output.put(type.name)
        output.put(#"","subject":"member:"#)
        output.put(number: number, digits: 8)
        output.put(#"","time":""#)
        clock.put(time, into: &output)
        output.put(#"","channel":""#)
        output.put(Self.channels[Int(random.below(8))])
        // A visit lasts half an hour of the clock.
        output.put(#"","sessionid":"s-"#)
        output.put(hex: (number << 24) ^ (time / 1_800_000), digits: 12)
        if type.hasOrder {
            output.put(#"","orderid":"o-"#)
            output.put(number: number, digits: 8)
            output.put("-")
            output.put(number: UInt64(customer.orders))
        }
        output.put(#"","data":{"#)
        putData(&random, into: &output)
        output.put("}}")
    }

    /// A random UUID of version 4.
    private func putIdentifier(_ random: inout SplitMix64, into output: inout LineOutput) {
        let high = random.next()
        let low = random.next()
        output.put(hex: high >> 32, digits: 8)
        output.put("-")
        output.put(hex: high >> 16, digits: 4)
        output.put("-4")
        output.put(hex: high, digits: 3)
        output.put("-")
        output.put(hex: 8 | (low >> 60 & 3), digits: 1)
        output.put(hex: low >> 48, digits: 3)
        output.put("-")
        output.put(hex: low, digits: 12)
    }
}
