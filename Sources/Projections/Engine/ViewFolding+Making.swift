import Digests
import EventLog
import Touchpoints

/// Making a new generation from the whole log, while the live one answers.
extension ViewFolding {
    func beginMaking(_ progress: RebuildProgress) throws {
        let text = policies.latestText(readBy: P.self)
        progress(P.name, .start, log.head)
        let number = try numberForMaking(policyText: text)
        // Damaged is what was left half-way: from the start, there is nothing to find damaged.
        let found = try ViewDamage.orNil { try openForMaking(number) }
        if found == nil { folder.remove(number) }
        making = Making(generation: try found ?? openForMaking(number), policyText: text, target: log.head)
    }

    /// Takes a piece of a batch, and gathers the batch before the first; whether there is more.
    func goOnMaking(_ progress: RebuildProgress) throws -> Bool {
        guard let making else { return false }
        let (generation, target) = (making.generation, making.target)
        let more = try ViewDamage.orNil {
            try withoutActuallyEscaping(progress) { progress in
                generation.fold.progress = { progress(P.name, $0, target) }
                defer { generation.fold.progress = nil }
                return try generation.foldBatch(through: target, piecesAtMost: 1)
            }
        }
        guard let more else {
            stopMaking()
            folder.remove(generation.number)
            try beginMaking(progress)
            return true
        }
        guard !generation.fold.isInBatch else { return true }
        if generation.dirtyBytes > tuning.saveBytes || ContinuousClock.now - making.lastSave > saveInterval {
            try generation.save()
            self.making!.lastSave = ContinuousClock.now
        }
        progress(P.name, generation.fold.checkpoint, target)
        return more
    }

    func finishMaking(_ progress: RebuildProgress) throws {
        guard let making else { return }
        let generation = making.generation
        generation.mayRunAhead = false
        try generation.save()
        let digest = try generation.digest()
        let outcome = RebuildOutcome(
            view: P.name, generation: generation.number, position: making.target, digest: digest,
            comparison: try compare(digest, with: making))
        try replaceLive(by: generation, outcome)
        self.making = nil
        progress(P.name, making.target, making.target)
    }

    /// Lets what was begun be: the next one goes on with it, or deletes it.
    func stopMaking() {
        making?.generation.close()
        making = nil
    }

    /// A generation that was left half-way, or a new one; closed where it cannot be gone on with.
    private func openForMaking(_ number: Int) throws -> Generation<P> {
        let known = P.order == .recorded ? policies : policies.suffix(1)
        var generation = try open(number, known)
        do {
            if generation.isOutdated {
                let outdated = generation
                outdated.close()
                folder.remove(number)
                generation = try open(number, known)
                try generation.inherit(outdated)
            }
            if let live { try generation.inherit(live) }
            generation.newest = policies[policies.count - 1]
            try takeOverOutbox(into: generation)
            generation.mayRunAhead = true
            return generation
        } catch {
            generation.close()
            throw error
        }
    }

    /// Hands a new generation what the live one has fired. Where that cannot be read, nothing fires for what is in the
    /// log by now: rather never than twice.
    private func takeOverOutbox(into generation: Generation<P>) throws {
        if let live {
            if try ViewDamage.orNil({ try generation.takeOver(outboxOf: live) }) != nil { return }
        } else if let current = folder.current() {
            let isTaken: Void? = try ViewDamage.orNil {
                let store = try ViewStore(path: folder.path(of: current), readsOnly: true)
                defer { store.close() }
                guard let about = try store.loadAbout() else { return nil }
                let silence = Outbox.Silence(through: about.checkpoint, by: about.wokenThrough)
                return try generation.takeOver(store.loadOutbox(), silence)
            }
            if isTaken != nil { return }
        } else if !folder.isCurrentDamaged {
            return
        }
        try generation.takeOver([], .init(through: log.head, by: log.clock))
    }

    /// The number of a generation that an interrupted rebuild has left, if it folds under the same rules; else a new
    /// one. What else was left is deleted.
    private func numberForMaking(policyText: String) throws -> Int {
        let current = folder.current() ?? 0
        for number in folder.generations().reversed() where number > current {
            if let about = try GenerationAbout.peek(folder.path(of: number)), about.version == P.version,
                P.order == .recorded || about.policyText == policyText,
                about.traps.contains(live?.fold.traps ?? TrapList())
            {
                return number
            }
            folder.remove(number)
        }
        return current + 1
    }

    private func compare(_ digest: Digest256, with making: Making) throws -> RebuildOutcome.Comparison {
        guard let live, !live.isOutdated, P.order == .recorded || live.policyText == making.policyText,
            live.fold.checkpoint <= making.target
        else { return .incomparable }
        return try ViewDamage.orNil {
            while try live.foldBatch(through: making.target) {}
            return try live.digest() == digest ? .same : .different
        } ?? .different
    }
}
