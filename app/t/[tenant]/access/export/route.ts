import { csvLines, CSV_START } from "@/app/_shared/table/csv";
import { refusalIn } from "@/app/_trpc/load";
import { limitedTenantApi, tenantApi } from "@/app/_trpc/server";
import { ERROR_STATUS } from "@/server/kernel/errors";
import { env } from "@/server/platform/env";
import { isSameOrigin } from "@/server/platform/incoming";

const words = (status: number, text: string) =>
  new Response(`${text}\n`, {
    status,
    headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
  });

/** Exports who may do what as CSV: all members and keys by all actions. From our own pages only, as other exports. */
export async function POST(request: Request, { params }: { params: Promise<{ tenant: string }> }): Promise<Response> {
  if (!isSameOrigin(request.headers, env().CONDUCTOR_PUBLIC_URL))
    return words(403, "Exports are asked for on the product's own pages only.");
  const { tenant } = await params;
  try {
    const ask = { subject: "all", limit: 100 } as const;
    const first = await (await limitedTenantApi(tenant)).access.matrix(ask);
    const api = await tenantApi(tenant);
    const lines: (string | null)[][] = [
      [
        "Kind",
        "Id",
        "Name",
        "E-mail",
        "Roles",
        "Ends",
        "Roles apart",
        "Last reviewed",
        "Reviewed in 90 days",
        ...first.actions,
      ],
    ];
    let page = first;
    for (;;) {
      for (const { kind, id, name, email, roles, until, toxic, reviewedAt, isUnreviewed, reach } of page.rows)
        lines.push([
          ...[
            kind,
            id,
            name,
            email,
            roles.join(" "),
            until,
            toxic.join(" "),
            reviewedAt,
            isUnreviewed ? "no" : "yes, or new",
          ],
          ...reach,
        ]);
      if (page.nextCursor === null) break;
      page = await api.access.matrix({ ...ask, cursor: page.nextCursor });
    }
    return new Response(CSV_START + csvLines(lines), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="access-${tenant}.csv"`,
        "cache-control": "private, no-store",
      },
    });
  } catch (error) {
    const refusal = refusalIn(error);
    if (refusal === null) throw error;
    return words(ERROR_STATUS[refusal.code], refusal.message);
  }
}
