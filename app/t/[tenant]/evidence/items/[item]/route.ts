import { fileResponse } from "@/app/_shared/file-response";
import { limitedTenantApi } from "@/app/_trpc/server";

/** Gives the bytes of an item as they were collected. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ tenant: string; item: string }> },
): Promise<Response> {
  const { tenant, item } = await params;
  return fileResponse(async () => {
    const { base64, ...file } = await (await limitedTenantApi(tenant)).evidence.get({ evidenceId: item });
    return { ...file, content: Buffer.from(base64, "base64") };
  });
}
