/// A JSON Schema (draft 2020-12) for the `data` of one type of event, compiled from its text.
///
/// ```swift
/// let schema = try EventSchema(json: #"{"properties": {"seat": {"type": "string", "x-personal": true}}}"#)
/// try schema.check(data, of: tape, personal: &personal)
/// ```
///
/// Keywords understood: `type properties required enum const minimum maximum exclusiveMinimum exclusiveMaximum
/// minLength maxLength minItems maxItems items format` (only `date-time`) `$ref` (only `#/$defs/NAME`, no cycles)
/// `x-personal`, and the annotations `title description examples`; `$schema`, `$id` and `$defs` at the top.
/// They mean what the draft says; `format` is checked, not only noted. Numbers are compared exactly, as decimals.
public struct EventSchema: Sendable {
    /// The schema's own text, whose values `enum`, `const` and the bounds of numbers refer to.
    let document: JSONTape
    let rules: [SchemaRule]
    let members: [SchemaMember]
    /// The allowed values of all rules, as entries of the document.
    let choices: [UInt32]
    /// The names of all members, unescaped, in UTF-8.
    let names: [UInt8]
    /// The rule for the data as a whole.
    let root: Int

    /// Compiles a schema. O(its text; a `$ref` beside other keywords may repeat what it refers to, within a bound).
    ///
    /// - Throws: the first keyword that we do not understand, or whose value is not as the draft says, with its path.
    public init(json: String) throws(SchemaError) {
        var document = JSONTape()
        do {
            try document.scan(json.utf8)
        } catch {
            throw SchemaError(path: "", reason: "not JSON: \(error)")
        }
        var compiler = SchemaCompiler(document: document)
        root = Int(try compiler.compile())
        self.document = document
        rules = compiler.rules
        members = compiler.members
        choices = compiler.choices
        names = compiler.names
    }

    /// Checks the data of one event and appends the nodes that are personal, in ascending order, none inside another.
    ///
    /// Personal are the values that the schema marks with `x-personal` and all members that it does not name, at any
    /// depth. O(nodes of the data); good data cost no allocation but that list's.
    ///
    /// - Throws: the first failure in the order of the text (what is missing in an object: at its end), with a field
    ///   that begins with `data`.
    public func check(_ data: JSONNode, of tape: JSONTape, personal: inout [JSONNode]) throws(Refusal) {
        let failure: SchemaFailure
        do {
            let check = SchemaCheck(of: tape, by: self)
            try check.value(data.index, by: root, isHidden: false, &personal)
            return
        } catch {
            failure = error
        }
        throw Refusal(field: failure.field(in: data, of: tape, by: self), reason: failure.reason(by: self))
    }
}
