import type { z } from "zod";
import { notFound, unauthenticated } from "@/server/kernel/errors";
import type { AccountVerb, Verb } from "@/server/verb";
import { baseProcedure } from "./init";

// Types only: the verb parses its own input, strictly and once, so that pages, jobs and HTTP get the same check. The
// casts below undo a conditional type of tRPC's that is undecided while Input is generic.
const asGiven =
  <Input extends z.ZodType>() =>
  (input: unknown) =>
    input as z.input<Input>;

/**
 * A procedure is a verb behind a door, and a verb cannot be made without an action and a loader: that is why a
 * procedure without authorisation does not compile.
 */
const limited = (kind: "read" | "write") =>
  baseProcedure.use(async ({ ctx, next }) => {
    await ctx.limit(kind);
    return next();
  });

export function tenantQuery<Input extends z.ZodType, Value>(verb: Verb<Input, Value>) {
  return limited("read")
    .meta({ action: verb.action, kind: "read", input: verb.input, features: verb.features ?? [] })
    .input(asGiven<Input>())
    .query(async ({ ctx, input, path }) => verb(await enterTenant(ctx, path), input as z.input<Input>));
}

export function tenantMutation<Input extends z.ZodType, Value>(verb: Verb<Input, Value>) {
  return limited("write")
    .meta({ action: verb.action, kind: "write", input: verb.input, features: verb.features ?? [] })
    .input(asGiven<Input>())
    .mutation(async ({ ctx, input, path }) => verb(await enterTenant(ctx, path), input as z.input<Input>));
}

export function accountQuery<Input extends z.ZodType, Value>(verb: AccountVerb<Input, Value>) {
  return limited("read")
    .meta({ self: verb.self, kind: "read", input: verb.input })
    .input(asGiven<Input>())
    .query(async ({ ctx, input }) => verb(await signedIn(ctx), input as z.input<Input>));
}

export function accountMutation<Input extends z.ZodType, Value>(verb: AccountVerb<Input, Value>) {
  return limited("write")
    .meta({ self: verb.self, kind: "write", input: verb.input })
    .input(asGiven<Input>())
    .mutation(async ({ ctx, input }) => verb(await signedIn(ctx), input as z.input<Input>));
}

type Request = Parameters<Parameters<typeof baseProcedure.query>[0]>[0]["ctx"];

async function signedIn(ctx: Request) {
  const caller = await ctx.signedIn();
  if (caller === null) throw unauthenticated();
  return caller;
}

async function enterTenant(ctx: Request, procedure: string) {
  const { tenants } = await signedIn(ctx);
  const here = tenants.find(({ tenant }) => tenant.slug === ctx.tenantSlug);
  if (here === undefined) throw notFound("tenant");
  return { ...here, procedure };
}
