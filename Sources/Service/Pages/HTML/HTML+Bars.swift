extension HTML {
    /// A bar as long as its share of the longest one, which is `whole`; the title is what a screen reader says.
    static func bar(_ amount: Double, of whole: Double, _ title: String) -> HTML {
        let width = whole > 0 ? min(100, max(0, amount / whole * 100)) : 0
        return tag(
            "svg", ["class": "bar", "viewBox": "0 0 100 10", "preserveAspectRatio": "none", "role": "img"]
        ) {
            tag("title") { title }
            tag("rect", ["class": "track", "width": "100", "height": "10"])
            tag("rect", ["class": "part", "width": Shown.decimal(width, digits: 2), "height": "10"])
        }
    }
}
