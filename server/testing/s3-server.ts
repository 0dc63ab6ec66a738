import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface S3Server {
  endpoint: string;
  objects: Map<string, Buffer>;
  stop: () => Promise<void>;
}

const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest("hex");
const hmac = (key: string | Buffer, data: string) => createHmac("sha256", key).update(data).digest();
const encode = (text: string) =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** The signature that AWS's documentation prescribes for a request (Signature Version 4, header form). */
function expectedSignature(request: IncomingMessage, url: URL, bodyHash: string, secret: string): string | null {
  const authorization = request.headers.authorization ?? "";
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=/.exec(
      authorization,
    );
  if (match === null) return null;
  const [, , date = "", region = "", signedHeaders = ""] = match;
  const headers = signedHeaders.split(";").map((name) => `${name}:${String(request.headers[name]).trim()}\n`);
  const query = [...url.searchParams].map(([key, value]) => `${encode(key)}=${encode(value)}`).sort();
  const path = url.pathname.split("/").map((part) => encode(decodeURIComponent(part)));
  const canonical = [request.method, path.join("/"), query.join("&"), headers.join(""), signedHeaders, bodyHash].join(
    "\n",
  );
  const scope = `${date}/${region}/s3/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", String(request.headers["x-amz-date"]), scope, sha256(canonical)].join("\n");
  const key = hmac(hmac(hmac(hmac(`AWS4${secret}`, date), region), "s3"), "aws4_request");
  return hmac(key, text).toString("hex");
}

/**
 * A stand-in for an S3 service on loopback: puts, gets, lists and deletes in one bucket, honours If-None-Match, and refuses every
 * request whose Signature Version 4 it cannot compute itself.
 */
export async function startS3Server(credentials: { secret: string }): Promise<S3Server> {
  const objects = new Map<string, Buffer>();
  const answer = (request: IncomingMessage, body: Buffer): { status: number; body: string | Buffer } => {
    const url = new URL(request.url ?? "/", "http://s3");
    const declared = String(request.headers["x-amz-content-sha256"]);
    if (declared !== "UNSIGNED-PAYLOAD" && !declared.startsWith("STREAMING-") && declared !== sha256(body))
      return { status: 400, body: "<Error><Code>XAmzContentSHA256Mismatch</Code></Error>" };
    const expected = expectedSignature(request, url, declared, credentials.secret);
    if (expected === null || !request.headers.authorization?.endsWith(`Signature=${expected}`))
      return { status: 403, body: "<Error><Code>SignatureDoesNotMatch</Code></Error>" };
    const key = decodeURIComponent(url.pathname.split("/").slice(2).join("/"));
    if (request.method === "PUT") {
      if (request.headers["if-none-match"] === "*" && objects.has(key))
        return { status: 412, body: "<Error><Code>PreconditionFailed</Code></Error>" };
      objects.set(key, body);
      return { status: 200, body: "" };
    }
    if (request.method === "DELETE") {
      objects.delete(key);
      return { status: 204, body: "" };
    }
    if (url.searchParams.get("list-type") === "2") {
      const found = [...objects.keys()].filter((name) => name.startsWith(url.searchParams.get("prefix") ?? "")).sort();
      const contents = found.map((name) => `<Contents><Key>${name}</Key></Contents>`).join("");
      return { status: 200, body: `<ListBucketResult><IsTruncated>false</IsTruncated>${contents}</ListBucketResult>` };
    }
    const object = objects.get(key);
    return object === undefined
      ? { status: 404, body: "<Error><Code>NoSuchKey</Code></Error>" }
      : { status: 200, body: object };
  };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const { status, body } = answer(request, Buffer.concat(parts));
      response.writeHead(status, { "content-type": "application/xml" }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
