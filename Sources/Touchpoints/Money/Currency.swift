/// A currency by its ISO 4217 code, three capital letters, packed into 32 bits.
public struct Currency: Hashable, Comparable, Sendable, BitwiseCopyable {
    /// The three ASCII letters, the first in the highest byte but one; 0 means "none".
    public let packed: UInt32

    @inlinable public init(packed: UInt32) { self.packed = packed }

    /// The currency of a three-letter code; nil for anything else.
    public init?(code: some StringProtocol) {
        guard code.utf8.count == 3, code.utf8.allSatisfy({ (65...90).contains($0) }) else { return nil }
        packed = code.utf8.reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// The three letters.
    public var code: String {
        String(
            decoding: [
                UInt8(truncatingIfNeeded: packed >> 16), UInt8(truncatingIfNeeded: packed >> 8),
                UInt8(truncatingIfNeeded: packed),
            ], as: UTF8.self)
    }

    /// Alphabetical by code.
    @inlinable public static func < (a: Currency, b: Currency) -> Bool { a.packed < b.packed }

    /// How many digits stand behind the decimal point, by ISO 4217 (2 for a code that the standard does not name).
    public var minorDigits: Int { Self.unusualDigits[packed] ?? 2 }

    /// The digits of currencies that have not two, by their packed codes.
    private static let unusualDigits: [UInt32: Int] = {
        let codes: [(digits: Int, codes: [String])] = [
            (
                0,
                [
                    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV",
                    "XAF", "XOF", "XPF",
                ]
            ),
            (3, ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"]), (4, ["CLF", "UYW"]),
        ]
        var digits: [UInt32: Int] = [:]
        for row in codes {
            for code in row.codes { digits[Currency(code: code)!.packed] = row.digits }
        }
        return digits
    }()
}
