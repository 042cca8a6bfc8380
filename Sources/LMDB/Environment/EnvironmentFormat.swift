/// What an environment holds and in which version: stamped at its creation and compared at every opening.
///
/// On disk: version (UInt32, little-endian), then the name in UTF-8.
public struct EnvironmentFormat: Hashable, Sendable {
    /// What is stored, such as `wayfold.log`.
    public var name: String
    /// The version that a new environment gets.
    public var version: UInt32
    /// The oldest version that this program still reads.
    public var oldestReadable: UInt32

    public init(name: String, version: UInt32, oldestReadable: UInt32? = nil) {
        self.name = name
        self.version = version
        self.oldestReadable = oldestReadable ?? version
        precondition(self.oldestReadable <= version, "a program reads what it writes")
    }

    /// Whether a program that wants this format can read an environment with the stamp `found`.
    func reads(_ found: EnvironmentFormat) -> Bool {
        name == found.name && (oldestReadable...version).contains(found.version)
    }

    var stamp: [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: version >> ($0 * 8)) } + Array(name.utf8)
    }

    init?(stamp: RawSpan) {
        guard stamp.byteCount >= 4 else { return nil }
        let version = UInt32(littleEndian: stamp.unsafeLoadUnaligned(as: UInt32.self))
        let bytes = stamp.extracting(droppingFirst: 4)
        let name = bytes.withUnsafeBytes { String(validating: $0, as: UTF8.self) }
        guard let name else { return nil }
        self.init(name: name, version: version)
    }
}
