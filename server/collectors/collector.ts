import type { Tx } from "@/db/tenancy";
import type { EvidenceKind } from "@/server/evidence";
import type { BlobStore } from "@/server/platform/blob-store";
import type { Env } from "@/server/platform/env";
import { bundleSigningKey, type SigningKey } from "@/server/platform/keys";
import { canonicalJson, type Json } from "@/server/kernel/json";

/** What collectors tell of the deployment itself. */
export interface Deployment {
  /** What code runs. */
  revision: string;
  regions: readonly string[];
  /** Signs policies as bundles for OPA. */
  bundleKey: SigningKey;
}

export const deploymentOf = (e: Env): Deployment => ({
  ...{ revision: e.CONDUCTOR_REVISION, regions: e.CONDUCTOR_REGIONS, bundleKey: bundleSigningKey(e.CONDUCTOR_SECRET) },
});

/** The month of a moment in UTC, such as 2026-11: names what is collected once in it. */
export const monthOf = (at: Date): string => at.toISOString().slice(0, 7);

export interface CollectorScope {
  /** Inside the tenant's walls, and read only. */
  tx: Tx;
  tenantId: string;
  blobs: BlobStore;
  deployment: Deployment;
  from: Date;
  now: Date;
}

/** One thing that was collected, before its bytes are put away. */
export interface Collected {
  /** What it is evidence of. */
  subject: string;
  title: string;
  fileName: string;
  mediaType: string;
  /** Its bytes; as a function what takes long to make, which is made once nothing of the database is held for it. */
  content: string | Uint8Array | (() => string | Promise<Uint8Array>);
  /** The time that it speaks of; null: how things stood when it was collected. */
  covers: { from: Date; to: Date } | null;
  facts: Json;
  /** Names what ended and is collected once; left out where each collection is one of its own. */
  once?: string;
}

export interface Collector {
  kind: EvidenceKind;
  /** It collects what ended, once each, however long after; left out: it covers the time since the collection before. */
  isOfEnded?: true;
  collect(scope: CollectorScope): Promise<Collected[]>;
}

/** A document as its canonical JSON (RFC 8785): the same facts are the same bytes. */
export const jsonDocument = (document: Json) =>
  ({ mediaType: "application/json", content: `${canonicalJson(document)}\n` }) as const;
