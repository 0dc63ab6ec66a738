import { sellSheetMarkdown, sellSheetPdf } from "@/server/compliance";
import { madeHere, type Section } from "../sections";

/** What the controls come to, for whoever asks before they buy: of the states in this bundle, and nothing else. */
export const sellSheet: Section = {
  name: "sell-sheet",
  title: "Sell-sheet",
  async *entries({ controls: found, facts }) {
    if ("absent" in found) return { gaps: [{ what: "sell-sheet", why: found.absent }] };
    const about = { tenant: facts.tenant.name, at: new Date(facts.asOf) };
    const title = "What the controls come to";
    yield {
      ...{ ...madeHere(title, "text/markdown"), path: "sell-sheet.md" },
      content: sellSheetMarkdown(found.statuses, about),
    };
    yield {
      ...{ ...madeHere(title, "application/pdf"), path: "sell-sheet.pdf" },
      content: await sellSheetPdf(found.statuses, about),
    };
    return { gaps: [] };
  },
};
