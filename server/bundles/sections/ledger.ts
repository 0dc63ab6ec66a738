import { canonicalJson, digestText } from "@/server/kernel/json";
import type { SigningKey } from "@/server/platform/keys";
import { headFault } from "@/server/receipts";
import type { SignedHead } from "@/server/receipts/domain/head";
import { genesisHash, type Link, linkContent, linkFault } from "@/server/receipts/domain/link";
import { madeHere, type Section } from "../sections";
import type { Sources } from "../sources";

/** Why the chain is not sealed, in words. */
class LedgerFault extends Error {}

interface Place {
  seq: number;
  hash: string;
}

const jsonLine = (value: unknown) => `${canonicalJson(value)}\n`;

/**
 * A receipt as it is sealed, as canonical JSON: what its hash is over in one piece, so that no verifier has to put it together. Throws
 * LedgerFault for one that does not follow the place before.
 */
function lineOf(link: Link, before: Place): string {
  const content = canonicalJson(linkContent(link));
  const fault = linkFault(link, before, digestText(content));
  if (fault !== null) throw new LedgerFault(`the chain of receipts does not hold: ${fault.reason} at ${fault.seq}`);
  return `{"content":${content},"hash":"${link.hash}","previousHash":"${link.previousHash}","seq":${link.seq}}\n`;
}

/** Lines of the chain from one place to another. Throws LedgerFault at the first link that does not lead there. */
async function* chainLines(sources: Pick<Sources, "receipts">, from: Place, to: Place): AsyncGenerator<string> {
  let last = from;
  for await (const links of sources.receipts(from.seq, to.seq)) {
    let text = "";
    for (const link of links) {
      text += lineOf(link, last);
      last = link;
    }
    yield text;
  }
  if (last.seq !== to.seq) throw new LedgerFault(`the chain of receipts is cut off after ${last.seq}`);
  if (last.hash !== to.hash)
    throw new LedgerFault(`the chain of receipts was rewritten at or before ${last.seq}, says its signed head`);
}

const placeOf = ({ receiptSeq, receiptHash }: SignedHead): Place => ({ seq: receiptSeq, hash: receiptHash });

/**
 * The chain of receipts from the signed head before the period to the one after it, checked link by link on its way into the
 * bundle. Where it does not hold nothing of it is sealed, and the bundle says why.
 */
export const ledgerBy = (headKeys: readonly SigningKey[]): Section => ({
  name: "ledger",
  title: "Receipts",
  async *entries({ sources, period, facts: { tenant } }) {
    const missing = (why: string) => ({ gaps: [{ what: "ledger", why }] });
    const { opening, closing } = await sources.heads(period);
    if (closing === null) return missing("no signed head covers the end of the period yet");
    for (const head of [opening, closing]) {
      const fault = head === null ? null : headFault(head, headKeys, tenant.id);
      if (head !== null && fault !== null) return missing(`the signed head of ${head.at}: ${fault}`);
    }
    const genesis = genesisHash("receipts", tenant.id);
    const from = opening === null ? { seq: 0, hash: genesis } : placeOf(opening);
    const covers = { coversFrom: period.from.toISOString(), coversTo: period.to.toISOString() };
    const file = (name: string, title: string, content: string) => ({
      ...madeHere(title, "application/json", covers),
      ...{ path: `ledger/${name}.json`, content },
    });
    try {
      yield {
        ...madeHere("Receipts of the period, in the order of their chain", "application/jsonl", covers),
        ...{ path: "ledger/range.jsonl", content: chainLines(sources, from, placeOf(closing)) },
      };
    } catch (error) {
      if (!(error instanceof LedgerFault)) throw error;
      return missing(error.message);
    }
    yield file("head", "The signed head that covers the period", jsonLine(closing));
    const ends = { closing, genesis, opening, tenantId: tenant.id };
    yield file("consistency", "The signed heads between which the receipts stand", jsonLine(ends));
    return { gaps: [] };
  },
});
