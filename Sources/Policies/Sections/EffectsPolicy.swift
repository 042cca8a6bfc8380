import Touchpoints

/// What may still be done about something that happened.
public struct EffectsPolicy: Equatable, Sendable {
    /// An effect fires only if its cause occurred within this of the clock.
    public var maxAge: Period
}
