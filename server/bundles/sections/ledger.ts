import { canonicalJson } from "@/server/kernel/json";
import { madeHere, type Section, type SectionScope } from "../sections";

/** Receipts of the period as lines of canonical JSON, and where they begin and end. */
async function* rangeLines(
  { sources, period }: SectionScope,
  seen: { first: number; last: number; count: number; before: string },
) {
  let lines = "";
  for await (const link of sources.receipts(period)) {
    if (seen.count === 0) [seen.first, seen.before] = [link.seq, link.previousHash];
    seen.last = link.seq;
    seen.count += 1;
    lines += `${canonicalJson(link)}\n`;
    if (lines.length > 1 << 16) {
      yield lines;
      lines = "";
    }
  }
  if (lines !== "") yield lines;
}

/** The receipts of the period, with the signed heads at both ends and the digests that lead from one to the other. */
export const ledger: Section = {
  name: "ledger",
  title: "Receipts",
  async *entries(scope) {
    const { sources, period } = scope;
    const covers = { coversFrom: period.from.toISOString(), coversTo: period.to.toISOString() };
    const seen = { first: 0, last: 0, count: 0, before: sources.genesis };
    yield {
      ...madeHere("Receipts of the period, in the order of their chain", "application/jsonl", covers),
      ...{ path: "ledger/range.jsonl", content: rangeLines(scope, seen) },
    };
    const opening = seen.count === 0 ? null : await sources.headBefore(seen.first);
    const closing = seen.count === 0 ? null : await sources.headCovering(seen.last);
    const between = {
      before: opening === null || seen.count === 0 ? [] : await sources.linkDigests(opening.receiptSeq, seen.first - 1),
      after: closing === null ? [] : await sources.linkDigests(seen.last, closing.receiptSeq),
    };
    const json = (value: unknown) => `${canonicalJson(value)}\n`;
    yield {
      ...madeHere("The signed head that covers the period", "application/json", covers),
      ...{ path: "ledger/head.json", content: json(closing) },
    };
    yield {
      ...madeHere("Both signed heads, and digests of what is between them and the period", "application/json", covers),
      path: "ledger/consistency.json",
      content: json({ ...seen, genesis: sources.genesis, opening, closing, between }),
    };
    const isOpen = seen.count > 0 && closing === null;
    return { gaps: isOpen ? [{ what: "ledger", why: "no signed head covers the period's last receipt yet" }] : [] };
  },
};
