import Touchpoints

extension World {
    /// A history in which customers become one, move, part and come together again, and events are voided; some twice,
    /// some that failed, and all of it also at the time at which wake-ups are due.
    init(decidingWith seed: Int, eventsPerCommit: Int = 12) {
        self.init(seed: seed, eventsPerCommit: eventsPerCommit)
        var random = SplitMix(seed: seed &+ 7_777_777)
        var position = 1  // that of the first policy
        var members: [Int] = []
        var folded: [Int] = []
        var cookies = 0
        for index in commits.indices {
            var happenings: [Happening] = []
            for happening in commits[index].happenings {
                happenings.append(happening)
                position += 1
                if happening.customer > 0, happening.yaml == nil {
                    if !members.contains(happening.customer) { members.append(happening.customer) }
                    folded.append(position)
                }
                while random.once(in: 3), !members.isEmpty {
                    let subject = "member:\(random.pick(members))"
                    let hour = happening.hour
                    switch random.number(1...8) {
                    case 1, 2:
                        happenings.append(
                            Happening(.customerMerged, at: hour, of: subject, ["member:\(random.pick(members))"]))
                    case 3, 4, 5:
                        let leaving = members.filter { _ in random.once(in: 2) }.map { "member:\($0)" }
                        guard !leaving.isEmpty else { continue }
                        happenings.append(Happening(.customerSplit, at: hour, of: subject, leaving))
                    case 6:
                        cookies = cookies == 0 || random.once(in: 3) ? cookies + 1 : cookies
                        happenings.append(
                            Happening(
                                .customerIdentified, at: hour, of: subject, ["cookie:\(random.number(1...cookies))"]))
                    case 7:
                        guard cookies > 0 else { continue }
                        happenings.append(Happening(.pageViewed, at: hour, of: "cookie:\(random.number(1...cookies))"))
                    default:
                        guard !folded.isEmpty else { continue }
                        happenings.append(
                            Happening(voiding: random.pick(folded.suffix(6) + folded.suffix(1)), at: hour))
                    }
                    position += 1
                }
            }
            commits[index].happenings = happenings
        }
    }
}
