import { fileResponse } from "@/app/_shared/file-response";
import { limitedTenantApi } from "@/app/_trpc/server";
import { sellSheetSchema } from "@/server/compliance/schemas";
import { notFound } from "@/server/kernel/errors";

/** Gives the tenant's sell-sheet, as Markdown (`md`) or as a PDF (`pdf`). */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ tenant: string; format: string }> },
): Promise<Response> {
  const { tenant, format } = await params;
  return fileResponse(async () => {
    const asked = sellSheetSchema.safeParse({ format });
    if (!asked.success) throw notFound("sheet");
    const { base64, ...file } = await (await limitedTenantApi(tenant)).compliance.sellSheet(asked.data);
    return { ...file, content: Buffer.from(base64, "base64") };
  });
}
