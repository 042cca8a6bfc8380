import Touchpoints

extension JourneyPolicy {
    init?(_ map: MapReader, base: JourneyPolicy?) {
        let sessionGap = map.value("sessionGap", else: base?.sessionGap) { $0.elapsed(.seconds(1) ... .hours(720)) }
        let sessionEndsAfter = map.value("sessionEndsAfter", else: base?.sessionEndsAfter) {
            $0.period(atLeast: .elapsed(.seconds(1)))
        }
        let phases = map.value("phases", else: base?.phases) { field in
            MapReader(field).flatMap { $0.phases(of: field) }
        }
        map.finish()
        guard let sessionGap, let sessionEndsAfter, let phases else { return nil }
        self.init(sessionGap: sessionGap, sessionEndsAfter: sessionEndsAfter, phases: phases)
    }
}

extension MapReader {
    fileprivate func phases(of field: Field) -> [JourneyPolicy.Phase]? {
        let phases = pairs { key, value -> JourneyPolicy.Phase? in
            guard let name = key.name(), let types = value.list(0...1_000, of: { $0.touchpointType() }) else {
                return nil
            }
            if name == JourneyPolicy.otherPhase {
                key.wrong("\"other\" holds the types that are in no phase, it cannot be given")
                return nil
            }
            return JourneyPolicy.Phase(name: name, types: types)
        }
        guard phases.count <= 32 else {
            field.wrong("expected at most 32 phases")
            return nil
        }
        let types = phases.flatMap(\.types)
        return field.unique(types, by: \.self).map { _ in phases }
    }
}

extension Field {
    /// The name of an event type, built in or not, that can be a touchpoint.
    fileprivate func touchpointType() -> String? {
        guard let text = text("an event type like page.viewed") else { return nil }
        if let type = EventType(builtIn: text), type.role != .touchpoint {
            wrong("\"\(text)\" is no touchpoint")
            return nil
        }
        return text
    }
}
