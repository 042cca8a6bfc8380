import CLinux
import Foundation
import Projections

/// The files of an export while they are made: in a hidden folder beside the target, which takes the target's place when
/// it is whole.
///
/// Until then what stands at the target is left as it is, whatever ends the process; the next export to the same target
/// clears away what one before it left. Two cannot be made to one target at once.
struct StagedFiles: ~Copyable {
    let target: ExportTarget
    /// Where the files are made.
    let path: String
    private let lock: Int32

    /// - Throws: ``ExportError`` where something stands at the target that no export made.
    init(for target: ExportTarget) throws {
        try target.checkReplaceable()
        let path = target.parent + "/." + target.name + ".wayfold-export"
        guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw FileError(path: path, code: errno) }
        guard let lock = Self.lock(path) else { throw ExportError("another export to \(target.path) is being made") }
        self.target = target
        self.path = path
        self.lock = lock
        empty()
    }

    deinit {
        close(lock)
        // What was not published, or what stood in its place before; unless another export has begun there meanwhile.
        guard let lock = Self.lock(path) else { return }
        empty()
        rmdir(path)
        close(lock)
    }

    /// Removes the files.
    borrowing func empty() {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] { unlink(path + "/" + name) }
    }

    /// Puts the files in the place of the target, with the manifest; all are synced, and the names then, too.
    borrowing func publish(_ manifest: ExportManifest) throws {
        let file = try DigestedFile(creatingAt: path + "/" + ExportTarget.manifestName)
        try file.write(manifest.json)
        _ = try file.finish()
        guard fsync(lock) == 0 else { throw FileError(path: path, code: errno) }
        if target.isFolder {
            try takePlaceOfFolder()
        } else {
            try move(target.name, to: target.path)
            try move(ExportTarget.manifestName, to: target.manifestPath)
        }
        let parent = open(target.parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { close(parent) }
        guard parent >= 0, fsync(parent) == 0 else { throw FileError(path: target.parent, code: errno) }
    }

    /// Where an export stands already, both change places in one step.
    private borrowing func takePlaceOfFolder() throws {
        if rename(path, target.path) == 0 { return }
        guard errno == ENOTEMPTY || errno == EEXIST else { throw FileError(path: target.path, code: errno) }
        let exchange: UInt32 = 2
        guard renameat2(AT_FDCWD, path, AT_FDCWD, target.path, exchange) == 0 else {
            throw ExportError(
                "\(target.path) cannot be replaced in one step (\(String(cString: strerror(errno)))): remove it first")
        }
    }

    private borrowing func move(_ name: String, to path: String) throws {
        guard rename(self.path + "/" + name, path) == 0 else { throw FileError(path: path, code: errno) }
    }

    /// Locks the folder that stands at a path; nil where there is none, or somebody else has it.
    private static func lock(_ path: String) -> Int32? {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        var (opened, named) = (stat(), stat())
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, fstat(descriptor, &opened) == 0, stat(path, &named) == 0,
            opened.st_ino == named.st_ino
        else {
            close(descriptor)
            return nil
        }
        return descriptor
    }
}
