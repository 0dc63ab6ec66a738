import { createHash, randomBytes } from "node:crypto";
import { Integer, Null, OctetString } from "asn1js";
import {
  AlgorithmIdentifier,
  ContentInfo,
  MessageImprint,
  PKIStatus,
  SignedData,
  TimeStampReq,
  TimeStampResp,
  TSTInfo,
} from "pkijs";
import { unavailable } from "@/server/kernel/errors";

const SHA256 = "2.16.840.1.101.3.4.2.1";
const WITHIN_MS = 15_000;
/** A token with its certificates is a few KiB; what is longer is none. */
const BYTES_MAX = 64 << 10;

const refused = (why: string, cause?: unknown) =>
  unavailable(`The time-stamping authority gave no time stamp: ${why}. Nothing is sealed.`, cause);

function requestFor(digest: Uint8Array, nonce: Uint8Array): Buffer {
  const hashAlgorithm = new AlgorithmIdentifier({ algorithmId: SHA256, algorithmParams: new Null() });
  const messageImprint = new MessageImprint({ hashAlgorithm, hashedMessage: new OctetString({ valueHex: digest }) });
  const request = new TimeStampReq({
    ...{ version: 1, messageImprint, certReq: true },
    nonce: new Integer({ valueHex: nonce }),
  });
  return Buffer.from(request.toSchema().toBER());
}

async function ask(url: string, body: Buffer): Promise<Buffer> {
  const headers = { "content-type": "application/timestamp-query", accept: "application/timestamp-reply" };
  const asked = { method: "POST", headers, body: new Uint8Array(body), redirect: "error" as const };
  const response = await fetch(url, { ...asked, signal: AbortSignal.timeout(WITHIN_MS) }).catch((error: unknown) => {
    throw refused("it does not answer", error);
  });
  if (!response.ok) throw refused(`it answered ${response.status}`);
  const bytes = Buffer.from(await response.arrayBuffer());
  if (bytes.byteLength > BYTES_MAX) throw refused("its answer is too long");
  return bytes;
}

/** What a token says, as its signature covers it. Throws where it is none. */
function saidBy(answer: Buffer): TSTInfo | null {
  const { status, timeStampToken } = TimeStampResp.fromBER(new Uint8Array(answer));
  if (![PKIStatus.granted, PKIStatus.grantedWithMods].includes(status.status) || timeStampToken === undefined)
    return null;
  const { encapContentInfo } = new SignedData({
    schema: new ContentInfo({ schema: timeStampToken.toSchema() }).content,
  });
  return encapContentInfo.eContent === undefined ? null : TSTInfo.fromBER(encapContentInfo.eContent.getValue());
}

/**
 * A time stamp (RFC 3161) over some bytes: the authority's whole answer in DER, as `openssl ts -verify -in` reads it. It is over these
 * bytes and was made for this request; whether its signer is to be trusted is for whoever verifies it, with a certificate of theirs.
 * Throws Unavailable where there is none.
 */
export async function timeStamp(url: string, bytes: Uint8Array): Promise<Uint8Array> {
  const digest = createHash("sha256").update(bytes).digest();
  // Of sixteen bytes the first is not 0 and below 128, so that its number is written as it stands.
  const nonce = Buffer.concat([Buffer.from([((randomBytes(1)[0] ?? 0) % 127) + 1]), randomBytes(15)]);
  const answer = await ask(url, requestFor(digest, nonce));
  let said: TSTInfo | null;
  try {
    said = saidBy(answer);
  } catch (error) {
    throw refused("what it answered is no time stamp", error);
  }
  if (said === null) throw refused("it refused");
  const { hashAlgorithm, hashedMessage } = said.messageImprint;
  const isOurs =
    hashAlgorithm.algorithmId === SHA256 && digest.equals(Buffer.from(hashedMessage.valueBlock.valueHexView));
  const isAnswer = said.nonce !== undefined && nonce.equals(Buffer.from(said.nonce.valueBlock.valueHexView));
  if (!isOurs || !isAnswer) throw refused("what it stamped is something else");
  return answer;
}
