import { hkdfSync, randomBytes, scryptSync } from "node:crypto";
import { preconditionFailed } from "@/server/kernel/errors";
import type { Env } from "@/server/platform/env";
import { backupKey } from "@/server/platform/keys";
import type { Header } from "./domain/format";

/** What opens backups: what somebody keeps apart, or else the deployment's own secrets, the present one first. */
export type BackupKeys = { passphrase: string } | { secrets: readonly [string, ...string[]] };

/** A passphrase of fewer characters is guessed. */
export const PASSPHRASE_CHARS_MIN = 16;

// RFC 7914, section 2: some 64 MB and a quarter of a second a guess.
const SCRYPT = { N: 65_536, r: 8, p: 1, maxmem: 128 * 1024 * 1024 };
const KEY_BYTES = 32;

/** The deployment's own keys. */
export const deploymentKeys = (e: Pick<Env, "CONDUCTOR_SECRET" | "CONDUCTOR_SECRET_PREVIOUS">): BackupKeys => ({
  secrets: [e.CONDUCTOR_SECRET, ...(e.CONDUCTOR_SECRET_PREVIOUS === undefined ? [] : [e.CONDUCTOR_SECRET_PREVIOUS])],
});

/** A header for a new file under these keys. */
export function newHeader(keys: BackupKeys): Header {
  const common = { format: "conductor-backup", version: 1, salt: randomBytes(KEY_BYTES).toString("hex") } as const;
  if ("passphrase" in keys) return { ...common, key: "passphrase", keyId: "" };
  return { ...common, key: "deployment", keyId: backupKey(keys.secrets[0]).keyId };
}

function masterOf(header: Header, keys: BackupKeys): Buffer {
  if ("passphrase" in keys) {
    if (header.key !== "passphrase")
      throw preconditionFailed("This backup is under the deployment's own key, not under a passphrase.");
    return scryptSync(keys.passphrase.normalize("NFC"), Buffer.from(header.salt, "hex"), KEY_BYTES, SCRYPT);
  }
  if (header.key === "passphrase") throw preconditionFailed("This backup is under a passphrase: give --key-file.");
  const own = keys.secrets.map((secret) => backupKey(secret)).find(({ keyId }) => keyId === header.keyId);
  if (own === undefined)
    throw preconditionFailed(`This backup is under the key ${header.keyId}, which this deployment does not have.`);
  return own.key;
}

/** The key of one file (HKDF-SHA256, RFC 5869). Throws PreconditionFailed where none of these keys is the file's. */
export const fileKey = (header: Header, keys: BackupKeys): Buffer =>
  Buffer.from(hkdfSync("sha256", masterOf(header, keys), Buffer.from(header.salt, "hex"), "backup-file", KEY_BYTES));
