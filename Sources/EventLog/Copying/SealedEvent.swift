import Touchpoints

/// Everything that is stored of an event: its leaf says what is clear, its personal part and its aliases go with their salts.
package struct SealedEvent {
    /// The value of an alias, under the salt that its hash was made with.
    package struct Alias {
        package var salt: [UInt8]
        package var value: [UInt8]

        package init(salt: [UInt8], value: [UInt8]) { (self.salt, self.value) = (salt, value) }
    }

    /// Salts have so many bytes.
    package static let saltByteCount = BlockLayout.saltByteCount

    /// The leaf of the log's tree of hashes.
    package var leaf: [UInt8]
    package var salt: [UInt8]
    /// The personal part without its salt.
    package var personal: [UInt8]
    /// Of the strands that the event brings, in their order.
    package var aliases: [Alias]

    package init(leaf: [UInt8], salt: [UInt8], personal: [UInt8], aliases: [Alias]) {
        (self.leaf, self.salt, self.personal, self.aliases) = (leaf, salt, personal, aliases)
    }
}

/// Why an event cannot be stored as it is given.
package struct SealedEventFault: Error {
    /// The event, 1 the first.
    package let position: Position
    package let refusal: Refusal
}
