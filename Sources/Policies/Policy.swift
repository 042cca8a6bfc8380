import Touchpoints

/// Everything that a business may decide, as values.
///
/// ```swift
/// let policy = try Policy(yaml: "timeZone: Europe/Berlin")
/// policy.journey.sessionGap  // 30 minutes: what is left out is as in the default policy
/// ```
/// A list or a map that is given replaces the default one as a whole.
public struct Policy: Equatable, Sendable {
    /// The IANA name of the zone whose days count.
    public var timeZone: String
    public var identity: IdentityPolicy
    public var ingest: IngestPolicy
    public var journey: JourneyPolicy
    public var lifecycle: LifecyclePolicy
    public var rfm: RFMPolicy
    public var loyalty: LoyaltyPolicy
    public var effects: EffectsPolicy
    public var segment: SegmentPolicy
    public var accessLog: AccessLogPolicy

    /// The parts of a policy, by their keys.
    public enum Section: String, CaseIterable, Sendable {
        case timeZone, identity, ingest, journey, lifecycle, rfm, loyalty, effects, segment, accessLog
    }

    /// Reads a policy; throws everything that is wrong with it, not only the first.
    public init(yaml text: String) throws(PolicyErrors) {
        self = try Self.decode(text, base: .default, diagnostics: Diagnostics())
    }

    /// What is wrong with a policy's text, in the order of its lines; empty if nothing is.
    public static func check(_ yaml: String) -> [PolicyError] {
        do throws(PolicyErrors) {
            _ = try Policy(yaml: yaml)
            return []
        } catch {
            return error.errors
        }
    }

    /// The policy in ``defaultText``.
    public static let `default`: Policy = {
        do throws(PolicyErrors) {
            return try decode(defaultText, base: nil, diagnostics: Diagnostics())
        } catch {
            fatalError("the default policy is wrong: \(error)")
        }
    }()
}
