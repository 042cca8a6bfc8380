/// Which program this is: the newest heading of CHANGELOG.md.
public enum ProgramVersion {
    public static let text = "0.5.0"
}
