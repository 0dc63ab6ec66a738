import { fileResponse } from "@/app/_shared/file-response";
import { limitedTenantApi } from "@/app/_trpc/server";

/** Gives a sealed bundle. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ tenant: string; bundle: string }> },
): Promise<Response> {
  const { tenant, bundle } = await params;
  return fileResponse(async () => {
    const file = await (await limitedTenantApi(tenant)).bundles.file({ bundleId: bundle });
    return { ...file, mediaType: "application/zip" };
  });
}
