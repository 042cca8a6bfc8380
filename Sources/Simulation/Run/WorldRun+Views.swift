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
        let live = try keptAnswers()
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

    /// As-of at random times, as-known at random positions, and both at once.
    private func compareCuts(_ answers: ViewAnswers) throws {
        var random = SeededRandom(seed: world.seed &+ records.count)
        for projector in catalogue.projectors {
            var question = Question(view: projector.name)
            var position = log.head
            if random.once(in: 2) {
                position = Position(UInt64(random.number(1...records.count)))
                question.asKnown = position
                counts[.asKnown] += 1
            }
            var time: Timestamp?
            if question.asKnown == nil || random.once(in: 2) {
                time = self.time(&random, through: position)
                question.asOf = time
                counts[.asOf] += 1
            }
            let known = policies.filter { $0.position <= position }
            let place = "as of \(time.map { "\($0)" } ?? "the clock"), as known"
            try compare(try answers.image(for: question), projector, at: position, under: known, cut: time, place)
        }
    }

    /// A time up to the clock, mostly that of an event.
    private func time(_ random: inout SeededRandom, through position: Position) -> Timestamp {
        let record = records[random.number(0...Int(position.rawValue) - 1)]
        let time = random.pick([
            record.time, record.recorded, record.time - Elapsed(microseconds: 1), record.time + .hours(24),
        ])
        return min(records[Int(position.rawValue) - 1].recorded, max(time, .epoch))
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
            if let customer = canon.movedByJoin {
                throw Mismatch("\(P.name), \(place) at \(position): customer \(customer): joining moves something")
            }
            counts[.wakes] += canon.wakeCount
            counts[.setAside] += canon.setAside.count
            if cut == nil, position == log.head {
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
        var random = SeededRandom(seed: world.seed &+ records.count)
        for part in Catalogue([projector]).parts {
            if part.name == "outbox" {
                try checkOutbox(of: part, live)
                continue
            }
            // Each part in every fourth world: rows cost more than anything else here.
            guard random.once(in: 4) else { continue }
            for question in try questions(about: part) where try rows(live, question) != rows(fresh, question) {
                throw Mismatch("\(part.view)/\(part.name): the files and the log alone give different rows")
            }
        }
    }

    /// An effect is known by its key, and stands in the outbox once (rule 39). What was seen inside of a batch is not the
    /// same however it is batched, so that outboxes are not compared with another.
    private func checkOutbox(of part: PartDescription, _ answers: ViewAnswers) throws {
        var keys: Set<[Value]> = []
        let event = part.columns.firstIndex { $0.name == "event" }!
        let columns = part.columns.indices.filter { Self.effectKey.contains(part.columns[$0].name) }
        try answers.answer(Question(view: part.view, part: part.name)) { row in
            counts[.effects] += 1
            // Wake-ups of strands that became one customer are told apart by the strand, which no row shows.
            guard row[event] == .null || keys.insert(columns.map { row[$0] }).inserted else {
                throw Mismatch("\(part.view)/outbox: \(row) stands there twice")
            }
        }
    }

    private static let effectKey: Set = ["rule", "event", "time"]

    /// A question at the head, and on both axes.
    func cuts(of question: Question) -> [Question] {
        var random = SeededRandom(seed: world.seed)
        return [question]
            + (0..<4).map { number in
                var cut = question
                var position = log.head
                if number > 0 {
                    position = Position(UInt64(random.number(1...records.count)))
                    cut.asKnown = position
                }
                if number < 3 { cut.asOf = time(&random, through: position) }
                return cut
            }
    }

    func questions(about part: PartDescription) throws -> [Question] {
        var question = Question(view: part.view, part: part.name)
        if part.name == "funnel" { question.options["steps"] = "page.viewed,order.paid" }
        guard part.options.contains(where: { $0.name == "customer" }) else { return [question] }
        let all = part.options.contains(.customer(required: true)) ? [] : [question]
        return try all
            + (0..<min(3, log.strandCount)).compactMap { number in
                question.customer = try log.alias(of: StrandNumber(rawValue: UInt32(number + 1)))?.description
                return question
            }
    }

    /// The rows of an answer as text, or why there is none; an explanation that does not hold is no answer.
    func rows(_ answers: ViewAnswers, _ question: Question) throws -> [String] {
        var rows: [String] = []
        do { try answers.answer(question) { rows.append("\($0)") } } catch {
            if error is UnexplainedError { throw error }
            rows.append("\(error)")
        }
        return rows
    }
}
