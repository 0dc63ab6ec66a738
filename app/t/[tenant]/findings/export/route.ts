import { fileResponse } from "@/app/_shared/file-response";
import { limitedTenantApi } from "@/app/_trpc/server";
import { enterTenant } from "@/app/_trpc/tenant";
import { findingRows, findingsMarkdown, planOfAction, type Register } from "@/server/findings/domain/document";
import { csvOf } from "@/server/kernel/text-table";
import { renderPdf } from "@/server/platform/pdf";
import { findingsDocument } from "../_components/findings-document";

const FORMS = {
  md: { mediaType: "text/markdown; charset=utf-8", ending: "md", write: findingsMarkdown },
  // A table program takes a file without this mark for its own country's letters.
  csv: {
    ...{ mediaType: "text/csv; charset=utf-8", ending: "csv" },
    write: ({ entries }: Register) => `\ufeff${csvOf(findingRows(entries))}`,
  },
  oscal: {
    ...{ mediaType: "application/oscal+json", ending: "poam.oscal.json" },
    write: (register: Register) => `${JSON.stringify(planOfAction(register), null, 2)}\n`,
  },
  pdf: {
    ...{ mediaType: "application/pdf", ending: "pdf" },
    write: (register: Register) =>
      renderPdf({
        ...{ title: `Findings of ${register.tenant.name}`, at: new Date(register.at) },
        content: findingsDocument(register),
      }),
  },
} as const;

const isForm = (as: string): as is keyof typeof FORMS => Object.hasOwn(FORMS, as);

/** Gives all findings of the tenant as one document: `?as=` md, csv, oscal or pdf. */
export async function GET(request: Request, { params }: { params: Promise<{ tenant: string }> }): Promise<Response> {
  const { tenant } = await params;
  const as = new URL(request.url).searchParams.get("as") ?? "";
  const { mediaType, ending, write } = FORMS[isForm(as) ? as : "md"];
  return fileResponse(async () => {
    const { rows: entries } = await (await limitedTenantApi(tenant)).findings.list({ state: "all" });
    const { here } = await enterTenant(tenant);
    const at = new Date().toISOString();
    const content = await write({ tenant: { id: here.tenantId, name: here.name }, at, entries });
    return { fileName: `conductor-findings-${tenant}-${at.slice(0, 10)}.${ending}`, mediaType, content };
  });
}
