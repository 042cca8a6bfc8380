/// What waits to be answered: a turn of each caller after the other, so that who asks much waits for himself alone.
struct QueryTurns<Job> {
    private var jobs: [String: ArraySlice<Job>] = [:]
    /// Those who have something waiting, the next one first.
    private var callers: ArraySlice<String> = []

    mutating func add(_ job: Job, of caller: String) {
        if jobs[caller] == nil { callers.append(caller) }
        jobs[caller, default: []].append(job)
    }

    /// Takes the next one; nil where nothing waits. O(1).
    mutating func next() -> Job? {
        guard let caller = callers.popFirst() else { return nil }
        let job = jobs[caller]?.popFirst()
        if jobs[caller]?.isEmpty == true { jobs[caller] = nil } else { callers.append(caller) }
        return job
    }
}
