import Policies
import Projections
import Simulation
import Testing
import Touchpoints

@testable import Views

struct JourneyTests {
    @Test func `neighbouring touchpoints of a customer are edges`() throws {
        let journey = try JourneySketch([
            SketchedEvent(.pageViewed, second: 0), SketchedEvent(.productViewed, second: 10),
            SketchedEvent(.productViewed, second: 20), SketchedEvent(.orderPaid, second: 50),
        ])
        #expect(
            journey.edges(.customer) == [
                "page.viewed > product.viewed": 1, "product.viewed > product.viewed": 1,
                "product.viewed > order.paid": 1,
            ])
        #expect(journey.starts(.customer) == ["page.viewed": 1])
        #expect(journey.ends(.customer) == ["order.paid": 1])
        #expect(journey.sessions(.pageViewed, .productViewed, .productViewed, .orderPaid) == 1)
    }

    @Test func `an edge that a customer repeats counts each time, and the customer once`() throws {
        let pages: [EventType] = [.pageViewed, .cartUpdated, .pageViewed, .cartUpdated, .pageViewed, .cartUpdated]
        let customer = pages.enumerated().map { SketchedEvent($1, second: Int64($0)) }
        let journey = try JourneySketch([customer, Array(customer.prefix(2))])
        for unit in JourneyGraph.Unit.allCases {
            #expect(journey.edges(unit) == ["page.viewed > cart.updated": 4, "cart.updated > page.viewed": 2])
            #expect(journey.customers(unit) == ["page.viewed > cart.updated": 2, "cart.updated > page.viewed": 1])
        }
        #expect(journey.cells(JourneyTable.touchpointCustomers).map(\.total) == [2, 2])
    }

    @Test func `interleaved sessions with ids keep apart, the journey does not`() throws {
        let journey = try JourneySketch([
            SketchedEvent(.pageViewed, second: 0, session: 1), SketchedEvent(.appOpened, second: 5, session: 2),
            SketchedEvent(.cartUpdated, second: 60, session: 1),
            SketchedEvent(.searchPerformed, second: 70, session: 2),
            SketchedEvent(.orderPaid, second: 80, session: 2),
        ])
        #expect(
            journey.edges(.session) == [
                "page.viewed > cart.updated": 1, "app.opened > search.performed": 1, "search.performed > order.paid": 1,
            ])
        #expect(
            journey.edges(.customer) == [
                "page.viewed > app.opened": 1, "app.opened > cart.updated": 1, "cart.updated > search.performed": 1,
                "search.performed > order.paid": 1,
            ])
        #expect(journey.starts(.session) == ["page.viewed": 1, "app.opened": 1])
        #expect(journey.ends(.session) == ["cart.updated": 1, "order.paid": 1])
        #expect(journey.starts(.customer) == ["page.viewed": 1])
        #expect(journey.ends(.customer) == ["order.paid": 1])
        #expect(journey.sessions(.pageViewed, .cartUpdated) == 1)
        #expect(journey.sessions(.appOpened, .searchPerformed, .orderPaid) == 1)
        #expect(journey.customers(.session)["page.viewed > cart.updated"] == 1)
        #expect(journey.customers(.session)["page.viewed > app.opened"] == nil)
        let time = journey.graph(.session).edges[Edge(from: .pageViewed, to: .cartUpdated)]?.quantile(percent: 50)
        #expect(LogBins.bin(of: time!) == LogBins.bin(of: .seconds(60)))
    }

    @Test func `events without an id go on beside sessions with one`() throws {
        let journey = try JourneySketch([
            SketchedEvent(.pageViewed, second: 0), SketchedEvent(.appOpened, second: 5, session: 2),
            SketchedEvent(.cartUpdated, second: 60),
        ])
        #expect(journey.edges(.session) == ["page.viewed > cart.updated": 1])
        #expect(journey.sessions(.appOpened) == 1)
    }

    @Test(arguments: [(1_800, 1), (1_801, 2)]) func `a silence longer than the gap ends a session without an id`(
        second: Int64, sessions: Int64
    ) throws {
        let journey = try JourneySketch([
            SketchedEvent(.pageViewed, second: 0), SketchedEvent(.orderPaid, second: second),
        ])
        #expect(journey.graph(.session).count == sessions)
        #expect(journey.endedSessions == Int128(sessions - 1))
        #expect(journey.edges(.customer) == ["page.viewed > order.paid": 1])
    }

    /// The default is 30 days: the session of 1 January is over when 31 January begins.
    @Test(arguments: [(30 * 86_400 - 1, 1), (30 * 86_400, 2)]) func `a session with an id ends after its days`(
        second: Int64, sessions: Int64
    ) throws {
        let journey = try JourneySketch([
            SketchedEvent(.pageViewed, second: 80_000, session: 9),
            SketchedEvent(.orderPaid, second: second, session: 9),
        ])
        #expect(journey.graph(.session).count == sessions)
    }

    @Test func `a session of one touchpoint starts and ends there`() throws {
        let journey = try JourneySketch([SketchedEvent(.storeVisited, second: 0)])
        for unit in JourneyGraph.Unit.allCases {
            #expect(journey.edges(unit).isEmpty)
            #expect(journey.starts(unit) == ["store.visited": 1])
            #expect(journey.ends(unit) == ["store.visited": 1])
        }
        #expect(journey.sessions(.storeVisited) == 1)
    }

    @Test func `equal times stand in the order of sequence, then of the log`() throws {
        var late = SketchedEvent(.orderPaid, second: 0)
        late.sequence = 2
        let journey = try JourneySketch([
            late, SketchedEvent(.searchPerformed, second: 0), SketchedEvent(.cartUpdated, second: 0),
        ])
        #expect(
            journey.edges(.customer) == ["search.performed > cart.updated": 1, "cart.updated > order.paid": 1])
        let times = journey.graph(.customer).edges[Edge(from: .cartUpdated, to: .orderPaid)]
        #expect(times?.quantile(percent: 95) == .seconds(0))
    }

    @Test func `what is no touchpoint has no place in a journey`() throws {
        let journey = try JourneySketch([
            SketchedEvent(.profileUpdated, second: 0), SketchedEvent(.pageViewed, second: 1),
            SketchedEvent(.consentGiven, second: 2), SketchedEvent(.orderPaid, second: 3),
        ])
        #expect(journey.edges(.customer) == ["page.viewed > order.paid": 1])
        #expect(journey.starts(.session) == ["page.viewed": 1])
    }

    @Test func `another division into phases needs no rebuild, another gap does`() throws {
        let base = try Policy(yaml: "")
        #expect(Journey.reads(try Policy(yaml: "journey: {phases: {all: [page.viewed]}}")) == Journey.reads(base))
        for change in ["journey: {sessionGap: 31m}", "journey: {sessionEndsAfter: 29d}", "timeZone: Europe/Berlin"] {
            #expect(Journey.reads(try Policy(yaml: change)) != Journey.reads(base))
        }
    }
}
