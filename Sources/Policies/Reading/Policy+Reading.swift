import Touchpoints
import Yams

extension Policy {
    /// Longer texts are not read.
    static let textLimit = 262_144

    /// Reads a policy, taking from `base` what is left out; without a base everything must be there.
    static func decode(_ text: String, base: Policy?, diagnostics: Diagnostics) throws(PolicyErrors) -> Policy {
        let document = Field(node: try root(of: text), path: "", pattern: "", diagnostics: diagnostics)
        let policy = MapReader(document).flatMap { Policy($0, base: base) }
        guard let policy, diagnostics.errors.isEmpty else { throw PolicyErrors(diagnostics.errors) }
        return policy
    }

    private init?(_ map: MapReader, base: Policy?) {
        let timeZone = map.value("timeZone", else: base?.timeZone) { $0.zoneName() }
        let identity = map.section("identity") { IdentityPolicy($0, base: base?.identity) }
        let ingest = map.section("ingest") { IngestPolicy($0, base: base?.ingest) }
        let journey = map.section("journey") { JourneyPolicy($0, base: base?.journey) }
        let lifecycle = map.section("lifecycle") { LifecyclePolicy($0, base: base?.lifecycle) }
        let rfm = map.section("rfm") { RFMPolicy($0, base: base?.rfm) }
        let loyalty = map.section("loyalty") { LoyaltyPolicy($0, base: base?.loyalty) }
        let effects = map.section("effects") { EffectsPolicy($0, base: base?.effects) }
        let segment = map.section("segment") { SegmentPolicy($0, base: base?.segment) }
        let accessLog = map.section("accessLog") { AccessLogPolicy($0, base: base?.accessLog) }
        map.finish()
        guard let timeZone, let identity, let ingest, let journey, let lifecycle, let rfm, let loyalty, let effects,
            let segment, let accessLog
        else { return nil }
        self.init(
            timeZone: timeZone, identity: identity, ingest: ingest, journey: journey, lifecycle: lifecycle, rfm: rfm,
            loyalty: loyalty, effects: effects, segment: segment, accessLog: accessLog)
    }

    private init(
        timeZone: String, identity: IdentityPolicy, ingest: IngestPolicy, journey: JourneyPolicy,
        lifecycle: LifecyclePolicy, rfm: RFMPolicy, loyalty: LoyaltyPolicy, effects: EffectsPolicy,
        segment: SegmentPolicy, accessLog: AccessLogPolicy
    ) {
        self.timeZone = timeZone
        self.identity = identity
        self.ingest = ingest
        self.journey = journey
        self.lifecycle = lifecycle
        self.rfm = rfm
        self.loyalty = loyalty
        self.effects = effects
        self.segment = segment
        self.accessLog = accessLog
    }

    /// The text's only document; an empty text is an empty map.
    private static func root(of text: String) throws(PolicyErrors) -> Node {
        guard text.utf8.count <= textLimit else {
            throw PolicyErrors([
                PolicyError(line: 1, column: 1, path: "", message: "the policy is longer than \(textLimit) bytes")
            ])
        }
        do {
            return try compose(yaml: text) ?? Node("", Tag(.null), .plain, nil)
        } catch let error as YamlError {
            throw PolicyErrors([PolicyError(yaml: error)])
        } catch {
            throw PolicyErrors([PolicyError(path: "", message: "not YAML: \(error)")])
        }
    }
}

extension PolicyError {
    fileprivate init(yaml error: YamlError) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            self.init(line: mark.line, column: mark.column, path: "", message: "not YAML: \(problem)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            self.init(
                line: context.mark.line, column: context.mark.column, path: "",
                message: "the same key twice: " + duplicates.map { "\"\($0)\"" }.sorted().joined(separator: ", "))
        default: self.init(path: "", message: "not YAML: \(error)")
        }
    }
}

extension Field {
    /// An IANA name by its form; whether the machine knows the zone is not seen here.
    fileprivate func zoneName() -> String? {
        let expected = "a time zone's name like Europe/Berlin or UTC"
        guard let text = text(expected) else { return nil }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard
            parts.allSatisfy({ part in
                part.unicodeScalars.first.map { $0.isASCII && $0.properties.isAlphabetic } ?? false
                    && part.unicodeScalars.allSatisfy {
                        $0.isASCII
                            && ($0.properties.isAlphabetic || ("0"..."9").contains($0)
                                || "_+-".unicodeScalars.contains($0))
                    }
            })
        else { return refuse(expected) }
        return text
    }
}
