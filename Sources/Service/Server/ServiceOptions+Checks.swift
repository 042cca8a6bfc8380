import EventLog
import Glibc
import NIOCore
import NIOSSL
import Wayfold

/// What is held good before a folder is made.
extension ServiceOptions {
    /// What TLS goes by; nil where there is none.
    var tls: TLSConfiguration? {
        get throws {
            guard let certificate, let privateKey else { return nil }
            func read<Part>(_ name: String, _ path: String, _ body: () throws -> Part) throws -> Part {
                do { return try body() } catch {
                    throw ServiceOptionsError(description: "\(name): \(path) cannot be used: \(error)")
                }
            }
            let chain = try read("tls.certificate", certificate) { try NIOSSLCertificate.fromPEMFile(certificate) }
            let key = try read("tls.privateKey", privateKey) { try NIOSSLPrivateKey(file: privateKey, format: .pem) }
            var tls = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
            tls.minimumTLSVersion = .tlsv12
            // Also whether the key is that of the certificate.
            _ = try read("tls.privateKey", privateKey) { try NIOSSLContext(configuration: tls) }
            return tls
        }
    }

    /// Whether a folder has keys already.
    var hasKeys: Bool {
        workspaces.values.contains { path in
            guard let folder = try? DataFolder(openingAt: path) else { return false }
            // Keys that cannot be read are told of when the folder is opened.
            return (try? AccessKeys(folder: folder).isOpen) != true
        }
    }

    /// - Throws: ``FolderOwned`` where another process owns one of the folders: that says more than a port in use.
    func checkOwners() throws {
        for path in workspaces.values.sorted() {
            guard let folder = try? DataFolder(openingAt: path) else { continue }
            guard let free = try FolderLock(folder) else { throw FolderOwned(folder) }
            _ = consume free
        }
    }

    /// - Throws: ``ServiceOptionsError`` where nobody can listen there: an address of another machine, a port in use.
    func checkListening() throws {
        let address: SocketAddress
        do { address = try SocketAddress.makeAddressResolvingHost(host, port: port) } catch {
            throw ServiceOptionsError(description: "listen: \(host) is no address of this machine")
        }
        let descriptor = socket(address.protocol.rawValue, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw ServiceOptionsError(description: "listen: there is no socket to be had") }
        defer { close(descriptor) }
        // As the service itself: connections that have ended a moment ago are in nobody's way.
        var reuses: CInt = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &reuses, socklen_t(MemoryLayout<CInt>.size))
        guard address.withSockAddr({ bind(descriptor, $0, socklen_t($1)) }) == 0 else {
            let reason = String(cString: strerror(errno))
            throw ServiceOptionsError(description: "listen: cannot listen on \(host):\(port): \(reason)")
        }
    }
}
