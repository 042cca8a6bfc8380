/// What people see who asked for something that is not there, or cannot be given now.
enum ErrorPage {
    /// - Parameters:
    ///   - title: what kind of problem it is, such as "There is no such thing".
    ///   - detail: what went wrong this time.
    static func html(status: Int, title: String, detail: String) -> String {
        PageFrame.page(title) {
            HTML.tag("p") { detail }
            HTML.tag("p", ["class": "note"]) { "Status \(status)" }
        }
    }
}
