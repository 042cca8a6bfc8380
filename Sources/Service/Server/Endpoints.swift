import Ingest

/// Everything that can be called, in one table: routes, access and the test of the contract go by it.
struct Endpoints: Sendable {
    let events: EventsRoute
    let segment: SegmentRoute
    let eventsList: EventsListRoute
    let views: ViewsRoute
    let customers: CustomersRoute
    let explain: ExplainRoute
    let health: HealthRoute
    let metrics: MetricsRoute
    let pages: PagesRoute
    let log: LogRoute

    var all: [Endpoint] {
        [
            Endpoint(method: .get, path: "/health", scope: nil, handler: health.health),
            Endpoint(method: .get, path: "/ready", scope: nil, handler: health.ready),
            .get("/", .query, pages.front),
            .get("/customer", .query, pages.customer).personal,
            .get("/metrics", .query, metrics.get),
            .post("/v1/events", .ingest, events.post),
            .get("/v1/events", .query, eventsList.get).personal,
            .get("/v1/views", .query, views.list),
            .get("/v1/views/{view}/{part}", .query, views.rows),
            .get("/v1/views/{view}/{part}/columns", .query, views.columns),
            .get("/v1/customers/{alias}", .query, customers.page).personal,
            .get("/v1/customers/{alias}/{view}", .query, customers.rows).personal,
            .get("/v1/log/checkpoint", .audit, log.checkpoint),
            .get("/v1/log/proof/{position}", .audit, log.receipt),
            .get("/v1/log/proof/{position}/{size}", .audit, log.consistency),
            .get("/v1/customers/{alias}/explain", .query, explain.get).personal,
        ]
            + LogRoute.tilePaths.map { .get($0, .audit, log.tile) }
            + SegmentCall.allCases.map { kind -> Endpoint in
                var endpoint = Endpoint.post(SegmentRoute.path(kind), .ingest) { [segment] call in
                    try await segment.post(call, kind)
                }
                endpoint.keyInBody = { [segment] request in try await segment.writeKey(in: &request, kind) }
                return endpoint
            }
    }
}
