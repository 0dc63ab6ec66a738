import type { Role } from "@/policies/access/vocabulary";
import type { Access, Snapshot } from "@/server/access-reviews/domain/access";
import type { AccessVerdict, HolderKind } from "@/server/access-reviews/domain/status";

/** A holder of access as the review's page shows them. */
export interface ItemRow {
  id: string;
  kind: HolderKind;
  holderId: string;
  snapshot: Snapshot;
  verdict: AccessVerdict | null;
  comment: string;
  removedRoles: Role[] | null;
  decidedAt: string | null;
  decidedByName: string | null;
  now: Access | null;
  accessHash: string | null;
  isChanged: boolean;
  isOwn: boolean;
}

/** What can be decided about it now: something it has, by somebody else, that nobody has decided about. */
export const isOpenTo = ({ verdict, now, isOwn }: ItemRow) => verdict === null && now !== null && !isOwn;

/** How an item stands, as a word that the product has. */
export function standingOf({ verdict, now }: ItemRow): string {
  if (verdict !== null) return verdict === "keep" ? "kept" : "removed";
  return now === null ? "gone" : "undecided";
}
