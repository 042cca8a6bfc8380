import Wayfold

/// The phase of each customer's last event.
struct Stages: Projector {
    enum Stage: UInt8, CaseIterable {
        case awareness, consideration, purchase, service, loyalty, advocacy
    }

    struct State: ViewState {
        var stage = Stage.awareness

        init() {}
        init(from reader: inout ByteReader) throws {
            stage = try Stage.allCases[Int(reader.readUInt16()) % Stage.allCases.count]
        }
        func encode(into writer: inout ByteWriter) { writer.write(UInt16(stage.rawValue)) }
    }

    static let name = "jobstages"
    static let version = 1
    private let stages: [Stage]

    init(_ active: ActivePolicy) {
        var stages = [Stage](repeating: .service, count: EventType.allBuiltIn.count + 1)
        let known: [(Stage, [EventType])] = [
            (.awareness, [.campaignOpened, .campaignClicked]),
            (
                .consideration,
                [.pageViewed, .productViewed, .searchPerformed, .appOpened, .storeVisited, .cartUpdated]
            ),
            (.purchase, [.checkoutStarted, .orderPlaced, .orderPaid]),
            (.loyalty, [.memberEnrolled, .pointsRedeemed]), (.advocacy, [.reviewPosted]),
        ]
        for (stage, types) in known { for type in types { stages[Int(type.rawValue)] = stage } }
        self.stages = stages
    }

    func fold(_ state: inout State, _ event: borrowing EventView, _ sink: inout Sink) throws {
        let type = Int(event.type.rawValue)
        state.stage = type < stages.count ? stages[type] : .service
    }

    static let parts: [Part<Stages>] = [
        Part("stages", columns: [.integer("customer"), .text("stage")]) { view, _, emit in
            try view.forEachCustomer { customer, state in
                try emit([.integer(member(customer, of: view)), .text("\(state.stage)")])
            }
        }
    ]
}
