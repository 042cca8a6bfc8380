import EventLog
import Glibc
import Touchpoints

/// The replays of one view that are kept: each is the view at a standpoint of the past, in a folder of its own.
///
/// ```
/// replays/rfm/120034-clock-3/                 as known at position 120034, made by version 3 of the view
/// replays/rfm/120034-1719792000000000-3/      the same, as of a time in microseconds
/// replays/rfm/.new-a8Bx0Q/                    one that is being made, locked by whoever makes it
/// replays/rfm/.begun-120034-clock-3/          one that is being made and, where that ends early, is gone on with
/// ```
/// Any process may make, use and delete them, several at once: one comes to its name whole, by renaming, and whoever
/// reads one reads it through and lets it go. Nothing in them is needed: what is missing or damaged is made again.
struct ReplayShelf {
    /// More are not kept; the one that was not used for longest goes.
    static let countMax = 8

    let path: String
    /// The name of the one that never goes.
    private let pinned: String?

    /// - Parameters:
    ///   - path: the folder with a folder for each view.
    ///   - standpoint: the replay at it is kept whatever else is.
    init<P: Projector>(of _: P.Type, in path: String, pinned standpoint: Standpoint? = nil) {
        self.path = path + "/" + P.name
        pinned = standpoint.map { Self.name(of: $0, P.self) }
    }

    /// The folder of a replay.
    func path<P: Projector>(of standpoint: Standpoint, _: P.Type) -> String {
        path + "/" + Self.name(of: standpoint, P.self)
    }

    fileprivate static func name<P: Projector>(of standpoint: Standpoint, _: P.Type) -> String {
        let time = standpoint.time.map { "\($0.rawValue)" } ?? "clock"
        return "\(standpoint.position.rawValue)-\(time)-\(P.version)"
    }

    /// The names of the kept ones.
    func names() -> [String] { FileTools.names(in: path).filter { !$0.hasPrefix(".") } }

    /// Notes that a replay was used. One that cannot be noted goes sooner, that is all.
    func noteUse(of path: String) { utimensat(AT_FDCWD, path, nil, 0) }

    /// Deletes a replay, so that its name is free at once.
    func remove(_ replay: String) {
        guard let grave = Self.newFolder(in: path), rename(replay, grave) == 0 else { return }
        FileTools.removeFolder(grave)
    }

    /// Gives a finished replay its name; where another process was faster, that one's stays.
    func place(_ workplace: borrowing Workplace, as replay: String) throws {
        try FileTools.sync(folder: workplace.path)
        guard rename(workplace.path, replay) == 0 else {
            guard errno == EEXIST || errno == ENOTEMPTY else { throw FileError(path: replay, code: errno) }
            return
        }
        noteUse(of: replay)
        removeOld()
    }

    private func removeOld() {
        let aged = names().filter { $0 != pinned }.map { name -> (age: Timestamp, path: String) in
            var status = stat()
            let replay = path + "/" + name
            guard stat(replay, &status) == 0 else { return (.distantPast, replay) }
            let seconds = Int64(status.st_mtim.tv_sec)
            return (Timestamp(rawValue: seconds * 1_000_000 + Int64(status.st_mtim.tv_nsec) / 1_000), replay)
        }
        for old in aged.sorted(by: { ($0.age, $0.path) < ($1.age, $1.path) }).dropLast(Self.countMax) {
            remove(old.path)
        }
    }

    /// An empty folder with a name that nobody else has; nil where none can be made.
    fileprivate static func newFolder(in path: String) -> String? {
        var template = Array((path + "/.new-XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil else { return nil }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

extension ReplayShelf {
    /// A folder in which a replay is being made; it goes with the value unless it was given its name, or is to be gone
    /// on with.
    struct Workplace: ~Copyable {
        let path: String
        /// The folder itself, locked while it is worked in.
        private let descriptor: CInt
        private let stays: Bool

        /// - Throws: ``FileError`` where nothing can be written.
        init(in shelf: ReplayShelf) throws {
            try FileTools.makeFolder(shelf.path)
            Self.clear(shelf)
            guard let path = newFolder(in: shelf.path) else { throw FileError(path: shelf.path, code: errno) }
            self.init(path, stays: false)
        }

        /// The one that an interrupted maker has left, or a new one. Who calls this sees to it that nobody else does.
        ///
        /// - Throws: ``FileError`` where nothing can be written.
        init<P: Projector>(in shelf: ReplayShelf, goingOnWith standpoint: Standpoint, _: P.Type) throws {
            let path = shelf.path + "/.begun-" + ReplayShelf.name(of: standpoint, P.self)
            try FileTools.makeFolder(path)
            self.init(path, stays: true)
        }

        private init(_ path: String, stays: Bool) {
            self.path = path
            self.stays = stays
            descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            flock(descriptor, LOCK_EX)
        }

        deinit {
            if !stays { FileTools.removeFolder(path) }
            giveBackLock(descriptor)
        }

        /// Takes away what an interrupted maker has left, where it cannot be gone on from.
        borrowing func empty() { for name in FileTools.names(in: path) { unlink(path + "/" + name) } }

        /// Deletes what processes left that ended at work: what nobody has locked.
        private static func clear(_ shelf: ReplayShelf) {
            for name in FileTools.names(in: shelf.path) where name.hasPrefix(".new-") {
                let path = shelf.path + "/" + name
                let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
                guard descriptor >= 0 else { continue }
                if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { FileTools.removeFolder(path) }
                giveBackLock(descriptor)
            }
        }
    }
}
