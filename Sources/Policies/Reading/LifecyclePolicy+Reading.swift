extension LifecyclePolicy {
    init?(_ map: MapReader, base: LifecyclePolicy?) {
        let spendWindowDays = map.value("spendWindowDays", else: base?.spendWindowDays) { $0.whole(in: 1...36_500) }
        let stages = map.value("stages", else: base?.stages) { field in
            field.list(1...32) { Stage($0) }.flatMap { field.unique($0, by: \.name) }.flatMap { field.checked($0) }
        }
        map.finish()
        guard let spendWindowDays, let stages else { return nil }
        self.init(spendWindowDays: spendWindowDays, stages: stages)
    }
}

extension LifecyclePolicy.Stage {
    fileprivate init?(_ field: Field) {
        guard let map = MapReader(field) else { return nil }
        let name = map.value("name", else: nil) { $0.name() }
        let alternatives = map.value("when", else: []) { when -> [StageConditions]? in
            // One set of conditions may stand without the list around it.
            when.node.sequence == nil
                ? StageConditions(when).map { [$0] } : when.list(1...16) { StageConditions($0.standing(for: when)) }
        }
        map.finish()
        guard let name, let alternatives else { return nil }
        self.init(name: name, alternatives: alternatives)
    }
}

extension Field {
    /// An element of a list that may be left out around one: its keys are those of the value itself.
    fileprivate func standing(for list: Field) -> Field {
        Field(node: node, path: path, pattern: list.pattern, diagnostics: diagnostics)
    }

    /// The stages, if every customer has one and each names only stages that are there.
    fileprivate func checked(_ stages: [LifecyclePolicy.Stage]) -> [LifecyclePolicy.Stage]? {
        let names = stages.map(\.name)
        var isRight = true
        for (index, stage) in stages.enumerated() {
            for previous in stage.alternatives.flatMap({ $0.previousStages ?? [] }) where !names.contains(previous) {
                isRight = false
                wrong(
                    "the stage \"\(stage.name)\" has the previous stage \"\(previous)\", which is not there",
                    nearest: nearest(to: previous, among: names))
            }
            if stage.alternatives.isEmpty, index < stages.count - 1 {
                isRight = false
                wrong("the stage \"\(stage.name)\" has no conditions, so no stage after it can ever fit")
            }
        }
        if let last = stages.last, !last.alternatives.isEmpty {
            isRight = false
            wrong("the last stage, \"\(last.name)\", must be without \"when\", so that every customer has a stage")
        }
        return isRight ? stages : nil
    }
}
