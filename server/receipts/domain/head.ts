import { canonicalJson } from "@/server/kernel/json";

/** Where both chains of a tenant stand at one moment: what a signature vouches for. */
export interface Head {
  tenantId: string;
  /** ISO 8601 in UTC. */
  at: string;
  receiptSeq: number;
  receiptHash: string;
  decisionSeq: number;
  decisionHash: string;
}

export interface SignedHead extends Head {
  keyId: string;
  /** Ed25519 over `headText`, base64url. */
  signature: string;
}

/** The exact text that is signed. */
export function headText({ tenantId, at, receiptSeq, receiptHash, decisionSeq, decisionHash }: Head): string {
  return canonicalJson({ tenantId, at, receiptSeq, receiptHash, decisionSeq, decisionHash });
}

/** Where a head is kept outside the database: in order of time, apart per tenant. */
export function anchorKey({ tenantId, at, receiptSeq, decisionSeq }: Head): string {
  return `anchors/${tenantId}/${at.replaceAll(/[:.]/g, "-")}_${receiptSeq}_${decisionSeq}.json`;
}
