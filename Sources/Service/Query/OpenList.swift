import Projections
import Wayfold

/// A list that is paged through: its rows as they were, and where they stand.
struct OpenList: Sendable {
    let spool: RowSpool
    let room: ListRoom
    let format: AnswerFormat
    let part: ServedPart
    let answer: Answer
    let owner: ListOwner
    /// The route that it was asked at, and is read on at.
    let path: String
}

/// Whose list it is.
struct ListOwner: Hashable, Sendable {
    let workspace: String
    let actor: String

    init(_ caller: Caller) { (workspace, actor) = (caller.workspace.name, caller.actor) }

    init(workspace: String, actor: String) { (self.workspace, self.actor) = (workspace, actor) }
}
