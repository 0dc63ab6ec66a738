import { z } from "zod";
import { catalogueOf, limitsOfPlan, type Projection } from "./projection";
import { ADD_ONS, type AddOn } from "./words";

/** Days after a licence's end in which what is there may be read, and no run starts. */
const LICENCE_GRACE_DAYS = 30;
const DAY_MS = 86_400_000;

/** What an issuer says. A host is the deployment: people reach it there, so another one cannot claim to be it. */
export const licenceSchema = z.strictObject({
  version: z.literal(1),
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{2,63}$/, "must be 3 to 64 lower-case letters, digits and hyphens"),
  sku: z.enum(["white-label", "internal"]),
  issuer: z.string().min(1).max(120),
  holder: z.string().min(1).max(120),
  deployment: z.string().regex(/^[a-z0-9.-]{1,253}(:\d{1,5})?$/, "must be a host such as conductor.example.com"),
  /** Tenants at most, the operating one included; null for as many as one likes. */
  tenants: z.int().min(1).nullable(),
  /** Members of each tenant at most. */
  seats: z.int().min(1).nullable(),
  concurrentRuns: z.int().min(1).nullable(),
  addOns: z.array(z.enum(Object.keys(ADD_ONS) as [AddOn, ...AddOn[]])).max(10),
  catalogueVersion: z.int().min(1),
  notBefore: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});
export type Licence = z.output<typeof licenceSchema>;

/** A licence with what proves it: an Ed25519 signature over its canonical JSON (RFC 8785). */
export const signedLicenceSchema = z.strictObject({
  licence: licenceSchema,
  /** Of the key that signed: the first 16 hexadecimal digits of the SHA-256 of its public half (SPKI, DER). */
  keyId: z.string().regex(/^[0-9a-f]{16}$/),
  signature: z.string().regex(/^[A-Za-z0-9_-]{86}$/, "must be an Ed25519 signature in base64url"),
});
export type SignedLicence = z.output<typeof signedLicenceSchema>;

const endOf = ({ expiresAt }: Licence) => new Date(expiresAt);

/** Whether a licence has come to its end: what is there may be read for its grace then. */
export const hasExpired = (licence: Licence, now: Date): boolean => now >= endOf(licence);

/** Whole days until a licence ends, the one under way included; 0 once it has. */
export const daysLeft = (licence: Licence, now: Date): number =>
  Math.max(0, Math.ceil((endOf(licence).getTime() - now.getTime()) / DAY_MS));

/** Why a licence that is genuine never counted here, or does not yet; null where it counts or has expired. */
export function licenceFault({ deployment, notBefore, expiresAt }: Licence, host: string, now: Date): string | null {
  if (deployment !== host) return `it is for ${deployment}, and this is ${host}`;
  if (now < new Date(notBefore)) return `it counts from ${notBefore} on`;
  return new Date(expiresAt) <= new Date(notBefore) ? "it ends before it begins" : null;
}

/**
 * What a tenant has by the licence of its deployment: all of it until it expires, then to be read only for 30 days, then nothing.
 */
export function licenceProjection(licence: Licence, now: Date): Projection {
  const { sku, addOns, catalogueVersion } = licence;
  const end = endOf(licence);
  const over = new Date(end.getTime() + LICENCE_GRACE_DAYS * DAY_MS);
  const status = now < end ? "active" : now < over ? "unpaid" : "canceled";
  const limits = {
    ...limitsOfPlan(sku, addOns, 0, catalogueVersion),
    ...{ seats: licence.seats, concurrentRuns: licence.concurrentRuns },
  };
  return {
    ...{ source: "licence", plan: sku, addOns, seats: limits.seats, limits },
    ...{ status, statusSince: status === "active" ? new Date(licence.notBefore) : status === "unpaid" ? end : over },
    ...{ graceUntil: null, periodEnd: end, cancelAtPeriodEnd: false, endsAt: null },
    ...{ endedAt: status === "canceled" ? over : null, previous: null },
    catalogueVersion: catalogueOf(catalogueVersion).version,
  };
}
