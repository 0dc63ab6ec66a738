import type { EvidenceKind } from "./kinds";

/** What the row of an item and the receipt of its collection both say. */
export interface Told {
  kind: string;
  subject: string;
  /** SHA-256, hexadecimal. */
  digest: string;
  collectedAt: Date;
}

export interface Pair<Item> {
  id: string;
  item: Item | null;
  receipt: Told | null;
}

/** An item that is not what its receipt says, in words. */
export interface EvidenceFault {
  kind: string;
  why: string;
}

function faultOf({ id, item, receipt }: Pair<Told>): EvidenceFault | null {
  const kind = receipt?.kind ?? item?.kind ?? "evidence";
  if (item === null) return { kind, why: `${id} was collected, says its receipt, and is gone` };
  if (receipt === null) return { kind, why: `${id} has no receipt of its collection` };
  if (item.digest !== receipt.digest) return { kind, why: `${id} has another digest than its receipt` };
  if (item.kind !== receipt.kind) return { kind, why: `${id} is of another kind than its receipt says` };
  if (item.subject !== receipt.subject) return { kind, why: `${id} is of something else than its receipt says` };
  if (item.collectedAt.getTime() !== receipt.collectedAt.getTime())
    return { kind, why: `${id} was collected at another time, says its receipt` };
  return null;
}

/** Items that are what the one receipt of their collection says, and what is wrong with the others. */
export function reconcile<Item extends Told & { kind: EvidenceKind }>(
  pairs: readonly Pair<Item>[],
): { items: Item[]; faults: EvidenceFault[] } {
  const times = new Map<string, number>();
  for (const { id } of pairs) times.set(id, (times.get(id) ?? 0) + 1);
  const [items, faults]: [Item[], EvidenceFault[]] = [[], []];
  for (const pair of new Map(pairs.map((each) => [each.id, each])).values()) {
    const { id, item } = pair;
    const isTwice = (times.get(id) ?? 0) > 1;
    const fault = isTwice
      ? { kind: item?.kind ?? "evidence", why: `${id} has more than one receipt of its collection` }
      : faultOf(pair);
    if (fault !== null) faults.push(fault);
    else if (item !== null) items.push(item);
  }
  return { items, faults };
}
