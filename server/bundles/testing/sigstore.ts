import { createHash, createPublicKey, generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { X509Certificate } from "@sigstore/core";
import { fulcioHandler, initializeCA, initializeCTLog, initializeTLog, rekorHandler } from "@sigstore/mock";
import type { TrustMaterial } from "@sigstore/verify";

export interface SigstoreMock {
  url: string;
  /** What whoever verifies has to trust to believe this mock. */
  trust: TrustMaterial;
  stop: () => void;
}

const DAY_MS = 86_400_000;
const always = { start: new Date(Date.now() - DAY_MS), end: new Date(Date.now() + DAY_MS) };
const toBuffer = (view: ArrayBufferView<ArrayBuffer>) => Buffer.from(view.buffer, view.byteOffset, view.byteLength);

const logOf = ({ publicKey }: { publicKey: Buffer }, baseURL: string) => ({
  ...{ logID: createHash("sha256").update(publicKey).digest(), baseURL, validFor: always },
  publicKey: createPublicKey({ key: publicKey, format: "der", type: "spki" }),
});

/**
 * Sigstore's own mock of Fulcio and Rekor, behind HTTP on loopback. It shows that our plumbing speaks their protocol and that their
 * verifier takes what comes of it; the public services are others.
 */
export async function startSigstore(): Promise<SigstoreMock> {
  const keys = () => generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const ctLog = await initializeCTLog(keys());
  const ca = await initializeCA(keys(), ctLog);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const tLog = await initializeTLog(url, keys());
  const handlers = [fulcioHandler(ca), rekorHandler(tLog)];
  server.on("request", (request, response) => {
    void text(request).then(async (body) => {
      const handler = handlers.find(({ path }) => path === request.url);
      const answer = (await handler?.fn(body)) ?? { statusCode: 404, response: "no such path" };
      response.writeHead(answer.statusCode, { "content-type": answer.contentType ?? "application/json" });
      response.end(answer.response);
    });
  });
  return {
    url,
    trust: {
      certificateAuthorities: [{ certChain: [X509Certificate.parse(toBuffer(ca.rootCertificate))], validFor: always }],
      ...{ timestampAuthorities: [], tlogs: [logOf(tLog, url)], ctlogs: [logOf(ctLog, url)] },
      publicKey: () => {
        throw new Error("nothing here is signed with a lasting key");
      },
    },
    stop: () => server.close(),
  };
}
