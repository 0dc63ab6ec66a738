import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";

const CONFIG = (folder: string) => `
[tsa]
default_tsa = own
[own]
dir = ${folder}
serial = ${folder}/serial
crypto_device = builtin
signer_cert = ${folder}/tsa.pem
certs = ${folder}/tsa.pem
signer_key = ${folder}/tsa.key
signer_digest = sha256
default_policy = 1.3.6.1.4.1.99999.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
`;

export interface TimeStampAuthority {
  url: string;
  /** The certificate that whoever verifies trusts, as a PEM file. */
  certificate: string;
  /** What it answers from now on instead of a time stamp of the request; null: as it should. */
  answerWith: (answer: ((request: Buffer) => Buffer) | null) => void;
  /** A true answer to a request. */
  reply: (request: Buffer) => Buffer;
  stop: () => void;
}

/** OpenSSL's own time-stamping authority on loopback: its time is this machine's, and its key was made a moment ago. */
export async function startTimeStampAuthority(): Promise<TimeStampAuthority> {
  const folder = mkdtempSync(path.join(tmpdir(), "tsa-"));
  const at = (name: string) => path.join(folder, name);
  const openssl = (...args: string[]) => execFileSync("openssl", args, { stdio: ["ignore", "pipe", "ignore"] });
  writeFileSync(at("config"), CONFIG(folder));
  writeFileSync(at("serial"), "01\n");
  openssl(
    ...[
      "req",
      "-x509",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-days",
      "2",
      "-subj",
      "/CN=A time-stamping authority of a test",
    ],
    ...["-addext", "extendedKeyUsage=critical,timeStamping", "-addext", "keyUsage=critical,digitalSignature"],
    ...["-keyout", at("tsa.key"), "-out", at("tsa.pem")],
  );
  const reply = (request: Buffer) => {
    writeFileSync(at("request.tsq"), request);
    openssl(
      ...["ts", "-reply", "-config", at("config"), "-section", "own"],
      ...["-queryfile", at("request.tsq"), "-out", at("reply.tsr")],
    );
    return readFileSync(at("reply.tsr"));
  };
  let answer: ((request: Buffer) => Buffer) | null = null;
  const server: Server = createServer((request, response) => {
    void buffer(request).then((body) => {
      response.setHeader("content-type", "application/timestamp-reply");
      response.end((answer ?? reply)(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    certificate: at("tsa.pem"),
    answerWith: (to) => (answer = to),
    reply,
    stop: () => {
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
