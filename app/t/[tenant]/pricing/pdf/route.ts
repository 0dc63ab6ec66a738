import { refusalIn } from "@/app/_trpc/load";
import { limitedTenantApi, tenantApi } from "@/app/_trpc/server";
import { ERROR_STATUS } from "@/server/kernel/errors";
import { shapeOf } from "@/server/pricing/domain/from-ledger";
import { renderPdf } from "@/server/platform/pdf";
import { askPricing } from "../ask-pricing";
import { pricingDocument } from "../_components/pricing-document";

/** Gives the founders' page as a PDF, for the month that the address asks about. */
export async function GET(request: Request, { params }: { params: Promise<{ tenant: string }> }): Promise<Response> {
  const { tenant } = await params;
  const search = Object.fromEntries(new URL(request.url).searchParams);
  try {
    const recent = await (await limitedTenantApi(tenant)).metering.recent({});
    const { asked, names, question } = askPricing(search, shapeOf(recent));
    const analysis = await (await tenantApi(tenant)).pricing.analyse(question);
    const content = pricingDocument({ usage: asked.usage, names, analysis });
    return new Response(await renderPdf({ title: "Costs and margins", at: new Date(), content }), {
      headers: {
        "content-type": "application/pdf",
        "content-disposition": 'attachment; filename="conductor-margins.pdf"',
        ...{ "cache-control": "private, no-store", "x-content-type-options": "nosniff" },
      },
    });
  } catch (error) {
    const refusal = refusalIn(error);
    if (refusal === null) throw error;
    return new Response(`${refusal.message}\n`, {
      status: ERROR_STATUS[refusal.code],
      headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
    });
  }
}
