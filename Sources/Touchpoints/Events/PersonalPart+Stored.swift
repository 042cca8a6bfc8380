extension PersonalPart {
    /// The bytes that ``init(bytes:)`` reads, as they are stored.
    package var stored: [UInt8] {
        var part = ByteBuffer()
        var name = ByteBuffer()
        name.append(id.utf8)
        Self.append(id: 0..<name.count, of: name, to: &part)
        if let subject {
            name.removeAll()
            name.append(subject.utf8)
            Self.append(subject: 0..<name.count, of: name, to: &part)
        }
        for other in extensions { Self.append(extension: Array(other.name.utf8), value: other.value, to: &part) }
        for property in properties {
            name.removeAll()
            name.append(property.pointer.text.utf8)
            var value = ByteBuffer()
            value.append(property.value)
            Self.append(property: name, value, 0..<value.count, to: &part)
        }
        return part.copied
    }
}
