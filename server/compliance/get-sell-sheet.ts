import { createHash } from "node:crypto";
import { loadEvidence } from "@/server/evidence";
import { defineRead } from "@/server/verb";
import { controlStatuses } from "./control-statuses";
import { sellSheetSchema } from "./schemas";
import { sellSheetMarkdown, sellSheetPdf } from "./sell-sheet";

/** The tenant's sell-sheet as controls stand now, as base64: what leaves the tenant leaves by the hand of who governs it. */
export const getSellSheet = defineRead({
  action: "evidence.export",
  input: sellSheetSchema,
  load: loadEvidence,
  read: async ({ ctx, tx, now }, { format }) => {
    const { statuses } = await controlStatuses(tx, ctx.tenantId, now);
    const about = { tenant: ctx.tenant.name, at: now };
    const bytes =
      format === "pdf" ? await sellSheetPdf(statuses, about) : Buffer.from(sellSheetMarkdown(statuses, about), "utf8");
    return {
      fileName: `controls-${ctx.tenant.slug}-${now.toISOString().slice(0, 10)}.${format}`,
      mediaType: format === "pdf" ? "application/pdf" : "text/markdown; charset=utf-8",
      digest: createHash("sha256").update(bytes).digest("hex"),
      base64: Buffer.from(bytes).toString("base64"),
    };
  },
});
