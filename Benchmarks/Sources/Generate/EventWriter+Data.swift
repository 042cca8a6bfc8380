/// The data of each type, as the built-in schemas have it.
extension EventWriter {
    func putData(_ random: inout SplitMix64, into output: inout LineOutput) {
        switch type {
        case .pageViewed: putPage(&random, &output)
        case .productViewed: putProduct(&random, &output)
        case .searchPerformed: putSearch(&random, &output)
        case .appOpened: putApp(&random, &output)
        case .campaignOpened, .campaignClicked: putCampaign(&random, &output)
        case .storeVisited: putStore(&random, &output)
        case .cartUpdated: putCart(#""change":"added","items":["#, &random, &output)
        case .checkoutStarted: putCart(#""step":"address","delivery":"parcel","items":["#, &random, &output)
        case .orderPlaced, .orderPaid: putOrder(&random, &output)
        case .orderShipped: putShipment(#","carrier":"post","partial":false,"tracking":"AT "#, &random, &output)
        case .orderDelivered: putShipment(#","place":"door","onTime":true,"receivedBy":"H. "#, &random, &output)
        case .orderRefunded: putRefund(&output)
        case .chatStarted, .chatMessaged, .chatEnded: putChat(&random, &output)
        case .complaintRaised, .complaintResolved: putComplaint(&random, &output)
        case .surveySent, .surveyAnswered: putSurvey(&random, &output)
        case .memberEnrolled: putEnrolment(&output)
        case .pointsRedeemed: putRedemption(&output)
        case .reviewPosted: putReview(&random, &output)
        }
    }

    private func putPage(_ random: inout SplitMix64, _ output: inout LineOutput) {
        output.put(#""path":"/music/"#)
        output.put(number: random.below(900))
        output.put(#"","title":"Records of the week","url":"https://shop.example.com/music/"#)
        output.put(number: random.below(900))
        output.put(#"?ref=spring","referrerHost":"search.example.org","medium":"search","durationMs":"#)
        output.put(number: 40 + random.below(9_000))
        output.put(#","status":200,"language":"en","ip":"192.0.2."#)
        output.put(number: random.below(256))
        output.put("\"")
    }

    private func putProduct(_ random: inout SplitMix64, _ output: inout LineOutput) {
        putItem(&random, &output)
        output.put(#","inStock":true,"list":"search","listPosition":"#)
        output.put(number: 1 + random.below(40))
        output.put(#","url":"https://shop.example.com/p/"#)
        output.put(number: random.below(90_000))
        output.put("\"")
    }

    private func putSearch(_ random: inout SplitMix64, _ output: inout LineOutput) {
        output.put(#""query":"blue hours vinyl "#)
        output.put(number: random.below(90_000))
        output.put(#"","area":"shop","results":"#)
        output.put(number: random.below(60))
        output.put(#","category":"music/jazz","filters":["format=lp","stock=yes","price=10-40"],"sort":"relevance","#)
        output.put(#""corrected":false"#)
    }

    private func putApp(_ random: inout SplitMix64, _ output: inout LineOutput) {
        output.put(#""app":"Example Shop","version":"4.2.0","platform":"ios","platformVersion":"19.3","from":"push","#)
        output.put(#""screen":"offers","firstOpen":false,"deviceId":""#)
        output.put(hex: number &* 0x9E37_79B9_7F4A_7C15, digits: 16)
        output.put("\"")
    }

    private func putCampaign(_ random: inout SplitMix64, _ output: inout LineOutput) {
        output.put(#""message":"m-"#)
        output.put(number: random.below(9_000_000))
        output.put(#"","template":"spring-jazz-1","variant":"B","audience":"listeners","automatic":false,"#)
        output.put(#""userAgent":"Mozilla/5.0 (X11; Linux x86_64) Mail/16.0","ip":"192.0.2."#)
        output.put(number: random.below(256))
        output.put("\"")
    }

    private func putStore(_ random: inout SplitMix64, _ output: inout LineOutput) {
        output.put(#""store":"VIE-0"#)
        output.put(number: 1 + random.below(9))
        output.put(#"","city":"Vienna","country":"AT","by":"app","durationSeconds":"#)
        output.put(number: 60 + random.below(3_000))
        output.put(#","purpose":"pick-up","latitude":48.2082,"longitude":16.3738"#)
    }

    private func putChat(_ random: inout SplitMix64, _ output: inout LineOutput) {
        output.put(#""chat":"ch-"#)
        output.put(number: random.below(9_000_000))
        switch type {
        case .chatStarted:
            output.put(#"","topic":"delivery","path":"/account/orders","queue":"orders","proactive":false,"bot":true,"#)
            output.put(#""waitSeconds":12,"language":"en""#)
        case .chatMessaged:
            output.put(#"","role":"customer","text":"Where is my parcel? It should have come on Monday.","#)
            output.put(#""intent":"order-status","confidence":0.93,"sentiment":-20,"attachments":0"#)
        default:
            output.put(#"","by":"customer","resolved":true,"topic":"delivery","agent":"a-17","contained":false,"#)
            output.put(#""messages":9,"durationSeconds":415,"handleSeconds":280,"sentiment":35"#)
        }
    }

    private func putComplaint(_ random: inout SplitMix64, _ output: inout LineOutput) {
        if type == .complaintRaised {
            output.put(#""category":"product/damaged","severity":"minor","priority":"P3","product":"CD-"#)
            output.put(number: random.below(90_000))
            output.put(#"","claim":{"amount":"9.95","currency":"EUR"},"text":"The case is broken.","sentiment":-55"#)
        } else {
            output.put(#""outcome":"upheld","resolution":"refunded","cause":"packaging","compensation":{"#)
            output.put(#""amount":"9.95","currency":"EUR"},"agent":"a-09","onTime":true,"accepted":true"#)
        }
    }

    private func putSurvey(_ random: inout SplitMix64, _ output: inout LineOutput) {
        output.put(#""survey":"after-service","scale":"csat","touchpoint":"chat.ended","via":"email""#)
        guard type == .surveyAnswered else { return }
        output.put(#","score":"#)
        output.put(number: 1 + random.below(5))
        output.put(#","max":5,"text":"Friendly, and quick enough for me.","sentiment":30,"language":"en""#)
    }

    private func putReview(_ random: inout SplitMix64, _ output: inout LineOutput) {
        output.put(#""kind":"product","sku":"CD-"#)
        output.put(number: random.below(90_000))
        output.put(#"","site":"shop","rating":"#)
        output.put(number: 1 + random.below(5))
        output.put(#","max":5,"verified":true,"title":"For late evenings","text":"Warm sound.","sentiment":90"#)
    }
}
