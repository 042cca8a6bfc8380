/// The offsets from UTC of one time zone through the years: what turns instants into civil days.
///
/// It is recorded with the policy, so that tomorrow's tz data cannot change yesterday's answer.
/// After the last transition its offset holds for ever.
///
/// Days do not overlap: day D begins at the first instant whose local date is at least D, and lasts until D+1 begins.
/// Where a clock is put back over midnight, the hour that local time repeats belongs to the day that had begun.
public struct ZoneTable: Equatable, Sendable {
    /// The name in the IANA database, such as `Europe/Berlin`.
    public let name: String
    /// When the offset changes, in microseconds since 1970-01-01T00:00:00Z, ascending; each begins a new stretch.
    let starts: [Int64]
    /// The offset of each stretch, microseconds east of UTC; one more than `starts`.
    let offsets: [Int64]
    /// The greatest local date reached before each stretch.
    private let reached: [Int32]
    /// For each 2^42 microseconds (51 days) after the first transition, how many transitions lie before.
    private let passed: [UInt32]

    /// The greatest distance from UTC, as RFC 9636 bounds it; a local time is never further from its instant.
    static let offsetLimit: Int64 = 26 * 3_600 * 1_000_000
    static let day: Int64 = 86_400_000_000

    /// UTC itself.
    public static let utc = ZoneTable(name: "UTC", initialOffset: 0, transitions: [])

    /// A zone from its transitions in seconds since 1970-01-01T00:00:00Z; those that change nothing are left out.
    ///
    /// They must ascend and lie within the years that a ``Timestamp`` can have; offsets must be below 26 hours.
    init(name: String, initialOffset: Int, transitions: [(seconds: Int64, offset: Int)]) {
        var starts: [Int64] = []
        var offsets = [Int64(initialOffset) * 1_000_000]
        var reached = [Int32.min]
        for (seconds, offset) in transitions where Int64(offset) * 1_000_000 != offsets[offsets.count - 1] {
            let start = seconds * 1_000_000
            precondition(starts.last.map { $0 < start } ?? true, "transitions must ascend")
            let before = Int32((start + offsets[offsets.count - 1] - 1).floorDivided(by: Self.day))
            reached.append(max(reached[reached.count - 1], before))
            starts.append(start)
            offsets.append(Int64(offset) * 1_000_000)
        }
        precondition(offsets.allSatisfy { abs($0) < Self.offsetLimit }, "offsets must be below 26 hours")
        var passed: [UInt32] = []
        if let first = starts.first, let last = starts.last {
            var next = 0
            for bucket in 0...(last - first) >> 42 {
                while starts[next] < first + bucket << 42 { next += 1 }
                passed.append(UInt32(next))
            }
        }
        self.name = name
        self.starts = starts
        self.offsets = offsets
        self.reached = reached
        self.passed = passed
    }

    /// The civil day that an instant lies in. O(1).
    public func day(of time: Timestamp) -> CivilDay {
        let stretch = stretch(at: time.rawValue)
        let date = Int32((time.rawValue + offsets[stretch]).floorDivided(by: Self.day))
        return CivilDay(rawValue: max(date, reached[stretch]))
    }

    /// The hour that a clock in the zone shows, 0...23. O(1).
    public func hour(of time: Timestamp) -> Int {
        let local = time.rawValue + offsets[stretch(at: time.rawValue)]
        return Int(local.floorModulo(Self.day) / 3_600_000_000)
    }

    /// How far local time is ahead of UTC at an instant. O(1).
    public func offset(at time: Timestamp) -> Elapsed {
        Elapsed(microseconds: offsets[stretch(at: time.rawValue)])
    }

    /// The first instant whose local date is at least `day`. O(1).
    ///
    /// Usually midnight; later where midnight is left out. A day that the zone left out altogether begins with the next.
    public func firstInstant(of day: CivilDay) -> Timestamp {
        let midnight = Int64(day.rawValue) * Self.day
        var stretch = stretch(at: midnight - Self.offsetLimit)
        while stretch < starts.count, midnight - offsets[stretch] >= starts[stretch] { stretch += 1 }
        let instant = midnight - offsets[stretch]
        return Timestamp(rawValue: stretch > 0 ? max(instant, starts[stretch - 1]) : instant)
    }

    /// The last microsecond before the next day begins; before ``firstInstant(of:)`` for a day that was left out. O(1).
    public func lastInstant(of day: CivilDay) -> Timestamp {
        Timestamp(rawValue: firstInstant(of: day + 1).rawValue - 1)
    }

    /// The instant at which a clock in the zone shows that time, `sinceMidnight` being what it shows. O(1).
    ///
    /// Of two instants the earlier. A time that is left out is counted with the offset from before: half past two in a
    /// gap from two to three is half past three.
    public func instant(on day: CivilDay, at sinceMidnight: Elapsed) -> Timestamp {
        let local = Int64(day.rawValue) * Self.day + sinceMidnight.microseconds
        var stretch = stretch(at: local - Self.offsetLimit)
        while stretch < starts.count, local - offsets[stretch] >= starts[stretch] {
            if local - offsets[stretch + 1] < starts[stretch] { break }
            stretch += 1
        }
        return Timestamp(rawValue: local - offsets[stretch])
    }

    /// The number of transitions at or before a time. Buckets give the start, at most a few steps remain.
    private func stretch(at time: Int64) -> Int {
        guard let first = starts.first, time >= first else { return 0 }
        let bucket = (time - first) >> 42
        guard bucket < passed.count else { return starts.count }
        var stretch = Int(passed[Int(bucket)])
        while stretch < starts.count, starts[stretch] <= time { stretch += 1 }
        return stretch
    }
}
