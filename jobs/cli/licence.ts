import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { ZodError } from "zod";
import { CATALOGUE } from "@/policies/entitlements/catalogue";
import { isAddOn } from "@/policies/entitlements/features";
import { hasExpired, type Licence, licenceFault, licenceSchema } from "@/policies/entitlements/licence";
import { openLicence, signLicence } from "@/policies/entitlements/licence-signature";
import { systemClock } from "@/server/kernel/clock";

const refuse = (message: string, code: 1 | 2): number => {
  process.stderr.write(`${message}\n`);
  return code;
};

/** What a licence is to say, as the command line gives it. */
export interface IssueAsked {
  id: string;
  sku: string;
  holder: string;
  deployment: string;
  tenants?: number;
  seats?: number;
  concurrentRuns?: number;
  addOn: readonly string[];
  from?: Date;
  expires: Date;
  issuer: string;
  key: string;
  out?: string;
}

function contentOf(asked: IssueAsked): Licence {
  return licenceSchema.parse({
    ...{ version: 1, id: asked.id, sku: asked.sku, issuer: asked.issuer, holder: asked.holder },
    ...{ deployment: asked.deployment, tenants: asked.tenants ?? null, seats: asked.seats ?? null },
    ...{ concurrentRuns: asked.concurrentRuns ?? null, addOns: asked.addOn.filter(isAddOn) },
    catalogueVersion: CATALOGUE.version,
    notBefore: (asked.from ?? systemClock.now()).toISOString(),
    expiresAt: asked.expires.toISOString(),
  });
}

/** A key of a PEM file; null for a file that is none. */
function keyOf(file: string, read: (pem: string) => KeyObject): KeyObject | null {
  try {
    return read(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

const faultsOf = ({ issues }: ZodError) => issues.map(({ path, message }) => `${path.join(".")} ${message}`).join("; ");

/**
 * Issues a licence: prints it, or writes it to a file that is not there yet. Exit code 2 for terms or a key that are none.
 */
export function runLicenceIssue(asked: IssueAsked): number {
  const unknown = asked.addOn.find((word) => !isAddOn(word));
  if (unknown !== undefined) return refuse(`${unknown} is no add-on.`, 2);
  const key = keyOf(asked.key, createPrivateKey);
  if (key === null) return refuse(`${asked.key} holds no private key in PEM.`, 2);
  if (asked.expires <= (asked.from ?? systemClock.now())) return refuse("It would end before it begins.", 2);
  try {
    const text = `${JSON.stringify(signLicence(contentOf(asked), key), null, 2)}\n`;
    if (asked.out === undefined) process.stdout.write(text);
    else writeFileSync(asked.out, text, { flag: "wx" });
    return 0;
  } catch (error) {
    if (error instanceof ZodError) return refuse(`The licence is not valid: ${faultsOf(error)}.`, 2);
    if (error instanceof TypeError) return refuse(`${asked.key}: ${error.message}.`, 2);
    if ((error as { code?: unknown }).code === "EEXIST") return refuse(`${asked.out ?? ""} is there already.`, 1);
    throw error;
  }
}

const limit = (count: number | null, what: string) => `${count ?? "any number of"} ${what}`;

function words({ id, sku, holder, deployment, tenants, seats, expiresAt }: Licence): string {
  return `${id}: ${sku} for ${holder} at ${deployment}, ${limit(tenants, "tenants")}, ${limit(seats, "seats")} each, until ${expiresAt}.\n`;
}

/** Says whether a licence is genuine and counts now on a deployment; exit code 1 where it is not or does not. */
export function runLicenceVerify({
  file,
  key,
  deployment,
}: {
  file: string;
  key: string;
  deployment?: string;
}): number {
  const publicKey = keyOf(key, createPublicKey);
  if (publicKey === null) return refuse(`${key} holds no public key in PEM.`, 2);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return refuse(`${file} cannot be read.`, 2);
  }
  const opened = openLicence(text, publicKey);
  if ("fault" in opened) return refuse(`${file} does not count: ${opened.fault}.`, 1);
  const { licence } = opened;
  const now = systemClock.now();
  const fault = licenceFault(licence, deployment ?? licence.deployment, now);
  if (fault !== null) return refuse(`${file} does not count: ${fault}.`, 1);
  if (hasExpired(licence, now)) return refuse(`${file} does not count: it expired on ${licence.expiresAt}.`, 1);
  process.stdout.write(words(licence));
  return 0;
}
