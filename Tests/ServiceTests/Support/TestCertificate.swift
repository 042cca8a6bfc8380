import Crypto
import Foundation
import X509

/// A certificate for this machine that nobody else has signed.
enum TestCertificate {
    /// Writes one, and its key; the paths.
    static func make(in scratch: Scratch) throws -> (certificate: String, privateKey: String) {
        let key = P256.Signing.PrivateKey()
        let name = try DistinguishedName { CommonName("localhost") }
        let certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: Certificate.PublicKey(key.publicKey),
            notValidBefore: Date(timeIntervalSinceNow: -3_600), notValidAfter: Date(timeIntervalSinceNow: 86_400),
            issuer: name, subject: name, signatureAlgorithm: .ecdsaWithSHA256,
            extensions: try Certificate.Extensions { SubjectAlternativeNames([.dnsName("localhost")]) },
            issuerPrivateKey: Certificate.PrivateKey(key))
        return (
            try scratch.file("certificate.pem", try certificate.serializeAsPEM().pemString),
            try scratch.file("key.pem", key.pemRepresentation)
        )
    }
}
