import CCrypto

/// A key that signs: Ed25519 (RFC 8032, section 5.1), computed by libcrypto.
public struct Ed25519SigningKey: Sendable {
    /// 32 random bytes: all that is secret of the key.
    public let seed: [UInt8]
    /// What others verify by.
    public let publicKey: Ed25519PublicKey

    /// The key of a seed; nil where that has not 32 bytes.
    public init?(seed: [UInt8]) {
        guard seed.count == Ed25519PublicKey.byteCount else { return nil }
        self.seed = seed
        publicKey = Self.withKey(seed) { key in
            var bytes = [UInt8](repeating: 0, count: Ed25519PublicKey.byteCount)
            var count = bytes.count
            precondition(EVP_PKEY_get_raw_public_key(key, &bytes, &count) == 1, "libcrypto failed")
            return Ed25519PublicKey(bytes: bytes)!
        }
    }

    /// The signature of a message, 64 bytes; always the same. About 40 microseconds.
    public func signature(of message: [UInt8]) -> [UInt8] {
        Self.withKey(seed) { key in
            let context = EVP_MD_CTX_new()
            defer { EVP_MD_CTX_free(context) }
            var signature = [UInt8](repeating: 0, count: Ed25519PublicKey.signatureByteCount)
            var count = signature.count
            let isSigned =
                EVP_DigestSignInit(context, nil, nil, nil, key) == 1
                && EVP_DigestSign(context, &signature, &count, message, message.count) == 1
            precondition(isSigned && count == signature.count, "libcrypto failed")
            return signature
        }
    }

    private static func withKey<R>(_ seed: [UInt8], _ body: (OpaquePointer) -> R) -> R {
        guard let key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count) else {
            preconditionFailure("libcrypto failed")
        }
        defer { EVP_PKEY_free(key) }
        return body(key)
    }
}

/// A key that verifies what an ``Ed25519SigningKey`` has signed.
public struct Ed25519PublicKey: Hashable, Sendable {
    public static let byteCount = 32
    public static let signatureByteCount = 64

    /// As RFC 8032 encodes it, 32 bytes.
    public let bytes: [UInt8]

    /// The key of 32 bytes; nil when there are more or fewer. Bytes that are no point verify nothing.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    /// Whether the signature is the key's for this message. About 100 microseconds.
    public func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        guard signature.count == Self.signatureByteCount,
            let key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, bytes, bytes.count)
        else { return false }
        defer { EVP_PKEY_free(key) }
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        return EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1
            && EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
    }
}
