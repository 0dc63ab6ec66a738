import { createPublicKey, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { type Licence, licenceFault } from "@/policies/entitlements/licence";
import { openLicence } from "@/policies/entitlements/licence-signature";
import { type Env, env } from "@/server/platform/env";

/** A licence that does not count here: the process that is to be licensed by it does not start. */
export class LicenceError extends Error {
  constructor(file: string, fault: string) {
    super(`The licence ${file} does not count here: ${fault}.`);
    this.name = "LicenceError";
  }
}

/** A public key as configuration holds it: SPKI, DER, in base64. Throws TypeError for what is no Ed25519 key. */
function licenceKey(text: string): KeyObject {
  const key = createPublicKey({ key: Buffer.from(text, "base64"), format: "der", type: "spki" });
  if (key.asymmetricKeyType !== "ed25519") throw new TypeError("it is no Ed25519 key");
  return key;
}

function keyIn(file: string, text: string): KeyObject {
  try {
    return licenceKey(text);
  } catch {
    throw new LicenceError(file, "CONDUCTOR_LICENCE_PUBLIC_KEY is no Ed25519 public key in base64 (SPKI, DER)");
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new LicenceError(file, "it cannot be read");
  }
}

type Configured = Pick<Env, "CONDUCTOR_LICENCE_FILE" | "CONDUCTOR_LICENCE_PUBLIC_KEY" | "CONDUCTOR_PUBLIC_URL">;

/**
 * The licence of a configuration; null where it names none. Throws LicenceError for one that was changed, that another key
 * signed, that is for another deployment, or that does not count yet. One that has expired says so by what it gives.
 */
export function readLicence(configured: Configured, now: Date): Licence | null {
  const { CONDUCTOR_LICENCE_FILE: file, CONDUCTOR_LICENCE_PUBLIC_KEY: key, CONDUCTOR_PUBLIC_URL: url } = configured;
  if (file === undefined || key === undefined) return null;
  const opened = openLicence(textOf(file), keyIn(file, key));
  if ("fault" in opened) throw new LicenceError(file, opened.fault);
  const fault = licenceFault(opened.licence, new URL(url).host, now);
  if (fault !== null) throw new LicenceError(file, fault);
  return opened.licence;
}

let installed: Licence | null | undefined;

/** The licence of this process, read once: another file counts after a restart. */
export function installedLicence(now: Date): Licence | null {
  installed ??= readLicence(env(), now);
  return installed;
}
