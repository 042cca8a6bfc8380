import EventLog

/// The files of a view's live generation, open for reading at one state of them.
final class LiveFiles<P: Projector> {
    let store: ViewStore
    let about: GenerationAbout
    let mark: LiveMark
    /// Another version of the view has written them.
    var isStale: Bool { about.version != P.version }

    /// Nil where there is no generation that can be read.
    init?(of folder: ViewFolder) throws {
        let opened: (ViewStore, GenerationAbout, LiveMark)? = try ViewDamage.orNil {
            guard let mark = LiveMark(folder), FileTools.exists(folder.path(of: mark.generation) + "/data.mdb")
            else { return nil }
            let store = try ViewStore(path: folder.path(of: mark.generation), readsOnly: true)
            guard let about = try store.loadAbout(),
                about.canBeAnsweredFrom(by: P.self)
            else { return nil }
            return (store, about, mark)
        }
        guard let (store, about, mark) = opened else { return nil }
        self.store = store
        self.about = about
        self.mark = mark
    }

    /// Whether these are still the files to answer from. O(1), without a system call.
    var isNewest: Bool { mark.isLive && store.isNewest }

    /// Whether a ledger can be gone on with from here: no policy comes into force behind the checkpoint.
    func isBookedOn(by schedule: PolicySchedule<P>) -> Bool {
        about.remaining == .nothing && !schedule.hasChange(behind: about.checkpoint)
    }
}
