import HTTPTypes
import Hummingbird
import Ingest
import NIOCore

extension Response {
    /// Shorter bodies are not worth it.
    private static let leastCompressed = 1_024

    /// An answer with a body, gzipped where the client takes that and it is worth it.
    static func compressed(
        _ body: [UInt8], _ headers: HTTPFields, status: HTTPResponse.Status = .ok, for request: Request
    ) -> Response {
        guard body.count >= leastCompressed,
            Acceptance(request.headers[.acceptEncoding] ?? "identity").best(of: ["gzip"]) != nil
        else {
            return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
        }
        var headers = headers
        headers[.contentEncoding] = "gzip"
        let bytes = Deflater.gzip(body)
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
