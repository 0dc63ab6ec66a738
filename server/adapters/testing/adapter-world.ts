import { webcrypto } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { adapters } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { changeAddOns } from "@/server/entitlements";
import type { TenantContext } from "@/server/verb";
import { registerAdapter } from "../index";

/** As if the operator had granted, or taken away, what adapters are part of. */
export const entitle = (ctx: TenantContext, change: "grant" | "revoke" = "grant") =>
  changeAddOns(ctx, change, "custom-adapters");

/** Where TLS ends before a target of tests: an adapter is registered with https alone, and this one answers plain http. */
export async function moveTo(ctx: TenantContext, slug: string, address: string): Promise<void> {
  await withTenant(ctx, (tx) =>
    tx
      .update(adapters)
      .set({ address })
      .where(and(eq(adapters.tenantId, ctx.tenantId), eq(adapters.slug, slug))),
  );
}

/** An adapter `price` at a target of tests. */
export async function makeAdapter(admin: TenantContext, address: string, over: Record<string, unknown> = {}) {
  const made = await registerAdapter(admin, {
    ...{ slug: "price", name: "Price service", address: "https://price.example.test/" },
    ...over,
  });
  await moveTo(admin, typeof over.slug === "string" ? over.slug : "price", address);
  return made;
}

/** Checks a signature as standardwebhooks.com describes it, with other means than the product's own. */
export async function verifies(
  secret: string,
  { headers, body }: { headers: Readonly<Record<string, unknown>>; body: string },
  nth = 0,
): Promise<boolean> {
  const raw = Uint8Array.from(atob(secret.replace(/^whsec_/, "")), (char) => char.charCodeAt(0));
  const key = await webcrypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
  const signature = String(headers["webhook-signature"]).split(" ")[nth];
  if (signature?.startsWith("v1,") !== true) return false;
  const given = Uint8Array.from(atob(signature.slice(3)), (char) => char.charCodeAt(0));
  const signed = `${String(headers["webhook-id"])}.${String(headers["webhook-timestamp"])}.${body}`;
  return webcrypto.subtle.verify("HMAC", key, given, new TextEncoder().encode(signed));
}
