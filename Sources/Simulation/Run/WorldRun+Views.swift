import EventLog
import Projections
import Touchpoints

/// The views held against the model.
extension WorldRun {
    /// What the engine holds, wherever each of its views has come to.
    func compareStates() throws {
        guard let engine else { return }
        for projector in catalogue.projectors {
            guard let image = try engine.image(of: projector.name), image.position > .start else { continue }
            try compare(image, projector, at: image.position, under: enginePolicies, "engine")
        }
        counts[.comparisons] += 1
    }

    /// What answers are made from, and the answers: from the files, and from the log alone.
    func compareAnswers() throws {
        try compareIndexes()
        let live = try ViewAnswers(folder: folder, catalogue: catalogue, tuning: tuning, isFresh: false)
        let fresh = try ViewAnswers(folder: folder, catalogue: catalogue, tuning: tuning, isFresh: true)
        for projector in catalogue.projectors {
            let question = Question(view: projector.name)
            let images = [try live.image(for: question), try fresh.image(for: question)]
            // Until the next engine has rebuilt a view, answers come from under the policy before (rule 14).
            let known = policies.filter { projector.order == .recorded || $0.position <= images[0].policy }
            try compare(images[0], projector, at: log.head, under: known, "answer")
            try compare(images[1], projector, at: log.head, under: policies, "answer from the log alone")
            guard images[0].policy == images[1].policy else {
                counts[.policyRebuilds] += 1
                continue
            }
            guard images[0].digest == images[1].digest else {
                throw Mismatch("\(projector.name): its digest is not that of a fold of the log")
            }
            try compareRows(of: projector, live, fresh)
        }
        try compareCuts(live)
        counts[.comparisons] += 1
    }

    func compareAtEnd() throws {
        try compareStates()
        try closeEngine()
        try compareAnswers()
        let answers = try ViewAnswers(folder: folder, catalogue: catalogue)
        for projector in catalogue.projectors {
            if let first = try answers.check(view: projector.name).first {
                throw Mismatch("verify --deep: \(first.view): \(first.description)")
            }
        }
    }

    /// As-of, at random times.
    private func compareCuts(_ answers: ViewAnswers) throws {
        var random = SeededRandom(seed: world.seed &+ records.count)
        for projector in catalogue.projectors where projector.order == .occurred {
            let time = self.time(&random)
            var question = Question(view: projector.name)
            question.asOf = time
            try compare(
                try answers.image(for: question), projector, at: log.head, under: policies, cut: time, "as of \(time)")
            counts[.asOf] += 1
        }
    }

    /// A time up to the clock, mostly that of an event.
    private func time(_ random: inout SeededRandom) -> Timestamp {
        let record = records[random.number(0...records.count - 1)]
        let time = random.pick([
            record.time, record.recorded, record.time - Elapsed(microseconds: 1), record.time + .hours(24),
        ])
        return min(log.clock, max(time, .epoch))
    }

    private func compare(
        _ image: ViewImage, _ projector: any Projector.Type, at position: Position, under policies: [ActivePolicy],
        cut: Timestamp? = nil, _ place: String
    ) throws {
        func compare<P: Projector>(_: P.Type) throws {
            guard image.position == position else { throw Mismatch("\(P.name), \(place): stands at \(image.position)") }
            let known = Array(records.prefix(Int(position.rawValue)))
            // A view in occurred order is rebuilt as soon as another policy says something else to it.
            let policies = P.order == .recorded ? policies.filter { $0.position <= position } : policies
            let clock = min(known[known.count - 1].recorded, cut ?? .distantFuture)
            guard image.clock == clock else { throw Mismatch("\(P.name), \(place): its clock is \(image.clock)") }
            let canon = Canon(P.self, known, policies, cut: cut)
            counts[.wakes] += canon.wakeCount
            counts[.setAside] += canon.setAside.count
            if cut == nil {
                let healed = setAside[P.name, default: []].subtracting(canon.setAside).intersection(canon.states.keys)
                counts[.healed] += healed.count
                setAside[P.name] = canon.setAside
            }
            if let difference = canon.difference(from: image, P.self) {
                throw Mismatch("\(P.name), \(place) at \(position): \(difference)")
            }
        }
        try compare(projector)
    }

    /// The rows of every part; of parts about one customer, those of some customers.
    private func compareRows(of projector: any Projector.Type, _ live: ViewAnswers, _ fresh: ViewAnswers) throws {
        for part in Catalogue([projector]).parts {
            for question in try questions(about: part) where rows(live, question) != rows(fresh, question) {
                throw Mismatch("\(part.view)/\(part.name): the files and the log alone give different rows")
            }
        }
    }

    /// A question at the head, and as of some times.
    func cuts(of question: Question) -> [Question] {
        var random = SeededRandom(seed: world.seed)
        return [question]
            + (0..<4).map { _ in
                var cut = question
                cut.asOf = time(&random)
                return cut
            }
    }

    func questions(about part: PartDescription) throws -> [Question] {
        var question = Question(view: part.view, part: part.name)
        if part.name == "funnel" { question.options["steps"] = "page.viewed,order.paid" }
        guard part.options.contains(.customer(required: true)) else { return [question] }
        return try (0..<min(3, log.strandCount)).compactMap { number in
            question.customer = try log.alias(of: StrandNumber(rawValue: UInt32(number + 1)))?.description
            return question
        }
    }

    /// The rows of an answer as text, or why there is none.
    func rows(_ answers: ViewAnswers, _ question: Question) -> [String] {
        var rows: [String] = []
        do { try answers.answer(question) { rows.append("\($0)") } } catch { rows.append("\(error)") }
        return rows
    }
}
