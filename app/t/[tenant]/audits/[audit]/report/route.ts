import { fileResponse } from "@/app/_shared/file-response";
import { limitedTenantApi } from "@/app/_trpc/server";
import { enterTenant } from "@/app/_trpc/tenant";
import { renderPdf } from "@/server/platform/pdf";
import { auditDocument, auditMarkdown } from "../../_components/audit-report";

/** Gives the report of an audit as Markdown or as a PDF; what is sealed is the JSON beneath, as evidence. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ tenant: string; audit: string }> },
): Promise<Response> {
  const { tenant, audit: auditId } = await params;
  const isPdf = new URL(request.url).searchParams.get("as") === "pdf";
  return fileResponse(async () => {
    const audit = await (await limitedTenantApi(tenant)).audits.get({ auditId });
    const { here } = await enterTenant(tenant);
    const fileName = `conductor-audit-${auditId.slice(-8)}.${isPdf ? "pdf" : "md"}`;
    if (!isPdf)
      return { fileName, mediaType: "text/markdown; charset=utf-8", content: auditMarkdown(audit, here.name) };
    const at = new Date(audit.endedAt ?? audit.startedAt);
    const content = await renderPdf({ title: "Internal audit", at, content: auditDocument(audit, here.name) });
    return { fileName, mediaType: "application/pdf", content };
  });
}
