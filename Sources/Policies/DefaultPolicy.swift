extension Policy {
    /// The default policy with comments: what is in force until another is activated, and what an own one begins as.
    public static let defaultText = """
        # Everything that a business may decide. What is left out is as it stands here; a list or a map that is given
        # replaces the one here as a whole. Check an own file with `wayfold policy check FILE`.

        # The IANA name of the time zone whose days count.
        timeZone: UTC

        identity:
          # Kinds of aliases (`kind:value`), the highest first: a customer is shown by its alias of the highest kind.
          # scope: exclusive is one person's for good; shared is handed on (a cookie, a device, a phone number).
          # A kind that is not here comes last and is exclusive.
          # limit: how many aliases of the kind one customer may hold; perDays: counted are those that joined within so
          # many days. What would join one too many stays apart: {name: device, scope: shared, limit: 20, perDays: 90}.
          kinds:
            - {name: member, scope: exclusive}
            - {name: customer, scope: exclusive}
            - {name: email, scope: exclusive}
            - {name: phone, scope: shared}
            - {name: device, scope: shared}
            - {name: cookie, scope: shared}
          # The kind of a subject without one, by the event's source, such as `shop: customer`.
          # From a source that is not here, the kind is `id@` and the source: the shop's 123 and the call centre's 123
          # are two people.
          sources: {}
          # Kinds that are not written before a customer's value in answers.
          hideKinds: []
          # Values that are nobody's, of any kind, in small or capital letters: an event with such a subject is counted
          # without a customer, and nobody is joined by it. Beside these, nothing but zeros, dashes and white space.
          blockedValues:
            - anonymous
            - anon
            - guest
            - unknown
            - undefined
            - "null"
            - "(null)"
            - nil
            - none
            - "(none)"
            - "(not set)"
            - not_authenticated
            - nan
            - na
            - n/a
            - "-1"
            - "true"
            - "false"
            - "[]"
            - "{}"
            - "[object Object]"

        ingest:
          # An event whose time is further ahead than this is refused.
          maxFuture: 10m
          # An event whose time is before this is refused.
          minTime: 1970-01-01T00:00:00Z

        journey:
          # Without a session id, a longer silence than this ends a session.
          sessionGap: 30m
          # A session with an id ends when so long has passed without an event of it.
          sessionEndsAfter: 30d
          # The phases in their order, with the types of events in them. All other types are in the phase `other`.
          phases:
            awareness:
              - ad.shown
              - ad.clicked
              - campaign.sent
              - campaign.delivered
              - campaign.bounced
              - campaign.opened
              - campaign.clicked
              - campaign.replied
              - campaign.unsubscribed
              - cost.recorded
              - social.engaged
            consideration:
              - page.viewed
              - product.viewed
              - search.performed
              - form.submitted
              - app.opened
              - store.visited
              - recommendation.shown
              - recommendation.clicked
              - cart.updated
            purchase:
              - checkout.started
              - order.placed
              - order.paid
              - subscription.started
            service:
              - order.shipped
              - order.delivered
              - order.cancelled
              - order.refunded
              - device.reported
              - chat.started
              - chat.messaged
              - chat.handedover
              - chat.ended
              - call.received
              - call.answered
              - call.ended
              - call.abandoned
              - email.received
              - email.answered
              - article.viewed
              - selfservice.completed
              - selfservice.failed
              - case.opened
              - case.assigned
              - case.escalated
              - case.resolved
              - case.reopened
              - complaint.raised
              - complaint.acknowledged
              - complaint.resolved
              - complaint.reopened
              - followup.made
              - survey.sent
              - survey.answered
            loyalty:
              - subscription.renewed
              - subscription.cancelled
              - member.enrolled
              - member.left
              - points.redeemed
              - points.reversed
              - points.adjusted
              - coupon.issued
              - coupon.redeemed
              - benefit.granted
              - benefit.used
            advocacy:
              - referral.made
              - review.posted
              - content.shared
              - social.mentioned
              - idea.submitted
              - idea.adopted

        lifecycle:
          # spendChangePercent compares the last so many days with as many before.
          spendWindowDays: 90
          # The first stage that fits is the customer's. All conditions of `when` must hold; a list of such sets fits
          # where one of them does. The last stage has none. Numbers are {min: N}, {max: N} or both, both included.
          #
          #   orders                   kept orders
          #   daysSinceFirstOrder, daysSinceLastOrder, daysSinceLastTouchpoint
          #   intervalsSinceLastOrder  days since the last order over the customer's own mean interval between the
          #                            days of its orders; up to 2 digits after the point
          #   spendChangePercent       spend of the window against the one before: -30 is 30 % less
          #   openComplaints           complaints raised and not resolved
          #   satisfactionBelow, satisfactionAbove    the latest score, 0 to 100
          #   daysInStage              days in this stage; 0 on coming in
          #   previousStage            the stages from which the customer came, or would come now
          #
          # A condition on something that is not there (an interval after one order) does not hold.
          stages:
            - name: prospect
              when: {orders: {max: 0}}
            - name: churned
              when: {daysSinceLastOrder: {min: 365}}
            - name: dormant
              when: {daysSinceLastOrder: {min: 180}}
            - name: won-back
              when: {previousStage: [dormant, churned], daysInStage: {max: 89}}
            - name: at-risk
              when:
                - {orders: {min: 2}, daysSinceLastOrder: {min: 120}}
                - {orders: {min: 3}, daysSinceLastOrder: {min: 30}, intervalsSinceLastOrder: {min: 3}}
                - {openComplaints: {min: 1}}
                - {daysSinceLastOrder: {min: 30}, satisfactionBelow: 40}
            - name: declining
              when:
                - {orders: {min: 3}, daysSinceFirstOrder: {min: 180}, spendChangePercent: {max: -50}}
                - {orders: {min: 3}, daysSinceLastOrder: {min: 30}, intervalsSinceLastOrder: {min: 2}}
            - name: loyal
              when: {orders: {min: 5}}
            - name: active
              when: {orders: {min: 3}}
            - name: new
              when: {orders: {max: 1}, daysSinceFirstOrder: {max: 59}}
            - name: developing

        rfm:
          # quantile: equal values have equal scores. ntile: as SQL's NTILE, groups of equal size. bands: fixed limits.
          scores: quantile
          # The number of scores; 1 is the worst.
          quantiles: 5
          # For scores: bands. Upper limits of recency (up to 30 days is the best score), lower limits of the others;
          # monetary in units of the currency. One fewer of each than quantiles.
          bands:
            recencyDays: [30, 90, 180, 365]
            frequency: [2, 3, 5, 10]
            monetary: [25, 50, 100, 250]
          # The first segment that fits is the customer's; a score that is left out may be any. All scores must be
          # covered.
          segments:
            - {name: Champions, r: 4-5, f: 4-5, m: 4-5}
            - {name: Can't lose them, r: 1-2, f: 4-5, m: 4-5}
            - {name: Loyal, r: 3-5, f: 4-5}
            - {name: Potential loyalists, r: 4-5, f: 2-3}
            - {name: New, r: 5, f: 1}
            - {name: Promising, r: 4, f: 1}
            - {name: Need attention, r: 3, f: 3}
            - {name: About to sleep, r: 3, f: 1-2}
            - {name: At risk, r: 1-2, f: 3-5}
            - {name: Hibernating, r: 2, f: 1-2}
            - {name: Lost, r: 1, f: 1-2}

        loyalty:
          # true: only orders that follow member.enrolled earn.
          memberOnly: false
          earn:
            # order.placed, order.paid, order.shipped or order.delivered, by its data.total.
            on: order.paid
            # Points for one unit of the currency (a euro, not a cent), with up to 4 digits after the point.
            pointsPerUnit: 1
            # Other rates for some currencies, such as `JPY: 0.01`.
            currencies: {}
            # floor, nearest (half and more goes up) or ceiling, once an order.
            rounding: floor
          # Points can be spent when so many days have ended.
          pendingDays: 0
          # Points expire when so many days have ended; null: never.
          expiresAfterDays: 365
          # `expiring` in answers: the points of the balance that expire within so many days.
          expiringWithinDays: 30
          tiers:
            # points (earned), spend (in units of the currency) or orders, within the last windowDays.
            basis: points
            windowDays: 365
            # A tier is kept for so many days after it would have been lost.
            graceDays: 0
            # Ascending; the first has min: 0.
            levels:
              - {name: basic, min: 0}
              - {name: silver, min: 500}
              - {name: gold, min: 2000}

        effects:
          # Something is done about an event (a message, a call of another system) only if the event occurred within this
          # of the clock: what arrives later, or is imported, is history.
          maxAge: 3d

        # Segment's tracking API: what is posted to /v1/track, /v1/batch ..., and `wayfold import --format segment`.
        segment:
          # The source of events from files.
          source: segment
          # The kinds of alias (see identity) that the ids in a message are.
          userId: customer
          anonymousId: cookie
          # Of an alias call.
          previousId: cookie
          # Of amounts without a currency.
          currency: USD
          # Our channel by the message's; a message of another has none.
          channels: {browser: web, web: web, mobile: app}
          # What track calls are, by the name of their event. All other names are types of their own. `data` holds texts
          # that the event's data get, whatever the message says.
          events:
            - {name: Products Searched, type: search.performed}
            - {name: Product List Filtered, type: search.performed}
            - {name: Product Viewed, type: product.viewed}
            - {name: Product Added, type: cart.updated, data: {change: added}}
            - {name: Product Removed, type: cart.updated, data: {change: removed}}
            - {name: Wishlist Product Added to Cart, type: cart.updated, data: {change: added}}
            - {name: Cart Viewed, type: cart.updated}
            - {name: Checkout Started, type: checkout.started}
            - {name: Checkout Step Completed, type: checkout.started}
            - {name: Payment Info Entered, type: checkout.started}
            - {name: Order Completed, type: order.paid}
            # One without an amount, which is of the whole order, becomes order.cancelled.
            - {name: Order Refunded, type: order.refunded}
            - {name: Order Cancelled, type: order.cancelled}
            - {name: Promotion Viewed, type: ad.shown}
            - {name: Promotion Clicked, type: ad.clicked}
            - {name: Product Shared, type: content.shared, data: {kind: product}}
            - {name: Cart Shared, type: content.shared, data: {kind: cart}}
            - {name: Product Reviewed, type: review.posted, data: {kind: product}}
            # The names of the first version of the e-commerce spec.
            - {name: Viewed Product, type: product.viewed}
            - {name: Added Product, type: cart.updated, data: {change: added}}
            - {name: Removed Product, type: cart.updated, data: {change: removed}}
            - {name: Completed Order, type: order.paid}
            - {name: Application Opened, type: app.opened}
            - {name: Email Delivered, type: campaign.delivered}
            - {name: Email Bounced, type: campaign.bounced}
            - {name: Email Opened, type: campaign.opened}
            - {name: Email Link Clicked, type: campaign.clicked}
            - {name: Unsubscribed, type: campaign.unsubscribed}

        # The logs of web servers in the combined format: `wayfold import --format access-log`.
        accessLog:
          source: access-log
          # The channel of people's requests, and of those by programs (see bots).
          channel: web
          botChannel: bot
          # The kind of alias of the field `cookie`, where a line has one; of other lines that of address and agent, which
          # are hashed together under the folder's own key.
          cookie: cookie
          device: device
          # What stands behind the agent, in its order: duration (seconds where there is a point in it, else
          # microseconds), cookie, ignored. A line may end earlier.
          fields: [duration]
          # A GET of a path that ends otherwise, answered with a status below 400, is page.viewed; all else is
          # request.served.
          assets:
            - avif
            - bmp
            - css
            - eot
            - gif
            - ico
            - jpeg
            - jpg
            - js
            - json
            - map
            - mjs
            - mp3
            - mp4
            - otf
            - png
            - svg
            - ttf
            - txt
            - wasm
            - webm
            - webp
            - woff
            - woff2
            - xml
          # A request is a program's if its agent holds one of these, in small or capital letters.
          bots:
            - bot
            - crawl
            - curl/
            - go-http-client
            - headless
            - java/
            - libwww
            - monitor
            - okhttp
            - preview
            - python
            - scan
            - slurp
            - spider
            - wget

        """
}
