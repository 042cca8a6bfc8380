import Glibc

/// Who runs this process, as the actor of what it appends.
public enum SystemUser {
    /// `system:` and the user's name, or its number where it has none.
    public static let actor: String = {
        let user = getuid()
        guard let entry = getpwuid(user), let name = entry.pointee.pw_name else { return "system:\(user)" }
        return "system:" + String(cString: name)
    }()
}
