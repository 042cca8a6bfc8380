/// The names of members that stored data hold by number: those of the built-in schemas that are not personal.
///
/// In the place of `"name":` stands one byte of 0x80...0xDF for the first 96, or two for the others: 0xE0 + the higher bits
/// of the number behind them, then 0x80 + its lowest seven. Outside of strings JSON has no bytes above 0x7F, so whoever walks
/// values need not know of them.
enum StoredNames {
    /// Numbers below this take one byte.
    private static let shortCount = 96

    /// In the order of their numbers. They stand in logs: others may be added behind, none may move or go.
    static let all = """
        accepted agent amount app area attachments attempts audience automatic benefit bot brand by call carrier
        cart category cause change channels chat code confidence contacts corrected cost coupon coupons creative
        currency delivery discount durationMs durationSeconds expiresAt filters firstOpen form from grant heldOut
        idea improvement inStock items keyword kind language legalBasis level list listPosition max medium menu
        message method name network note offer onTime outcome partial path payment placement plan platform
        platformVersion points position price priority proactive product programme purpose quantity queue reason
        reference referrerHost resolution resolved results scale score screen sentiment severity shipment sku sort
        status step action answerSeconds article availableAt callback case changed channel city claim compensation
        complaint contained content country customers deliveryBy digest endsAt expectedAt expression fields final
        firmware firstContact firstOrder fromTrial guest handleMinutes handleSeconds helpful holdSeconds impact
        intent landing line link mailbox measure messages minimumTotal model percent periodMonths phase place post
        provider rating reach reached readSeconds recipients recommendation redemption referral refund regulated
        remaining renewals renewsAt requestedAt resolveWithinMinutes respondWithinMinutes reversal reward role
        schema scope site source stage store strands strategy subjectLine subscription survey talkSeconds target
        task tax template text thread tier times title to topic total touchpoint transaction transfers trial type
        unit urgency uses validFrom value variant vendor verified version via viewable votes waitSeconds
        wrapUpSeconds yaml zone
        """.split { $0 == " " || $0 == "\n" }.map(String.init)

    /// What a byte at the place of a name begins: a number, or the name itself.
    @inline(__always)
    static func isNumber(_ byte: UInt8) -> Bool { byte >= 0x80 }

    /// The number at an offset, and steps behind it.
    @inline(__always)
    static func number(in bytes: RawSpan, _ at: inout Int) -> Int {
        let first = Int(JSONText.byte(bytes, at)) &- 0x80
        at &+= 1
        if first < shortCount { return first }
        defer { at &+= 1 }
        return shortCount &+ (first &- 0x60) &<< 7 &+ Int(JSONText.byte(bytes, at)) &- 0x80
    }

    @inline(__always)
    static func append(_ number: Int, to output: inout ByteBuffer) {
        if number < shortCount { return output.append(UInt8(truncatingIfNeeded: 0x80 &+ number)) }
        let rest = number &- shortCount
        output.append(UInt8(truncatingIfNeeded: 0xE0 &+ rest &>> 7))
        output.append(UInt8(truncatingIfNeeded: 0x80 &+ rest & 0x7F))
    }

    /// Data that were stored whole as canonical JSON.
    static func spelled(_ bytes: RawSpan) -> [UInt8] {
        var json = ByteBuffer()
        do { try ClearPart.appendData(bytes, to: &json) } catch { preconditionFailure(error.what) }
        return json.copied
    }

    static let table = StoredNameTable(all)
}
