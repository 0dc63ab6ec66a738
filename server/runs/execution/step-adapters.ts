import { findAdapters } from "@/server/adapters";
import { UnsealError, unseal } from "@/server/secrets";
import type { InputField } from "@/server/workflows/domain/input-fault";
import type { Step } from "@/server/workflows/domain/step";
import type { ExecutionContext } from "./context";
import { StepFailure } from "./step-failure";

/** What a call of an adapter needs, opened for that call alone. */
export interface OpenedAdapter {
  address: string;
  declared: Readonly<Record<string, InputField>>;
  timeoutMs: number;
  /** The secrets that sign it, the newest first: two while a rotation's grace lasts. */
  signing: readonly string[];
}

type Found = Awaited<ReturnType<typeof findAdapters>>;
type FoundAdapter = NonNullable<ReturnType<Found["bySlug"]["get"]>>;

function signingOf(ctx: ExecutionContext, { slug, secrets }: FoundAdapter): string[] {
  try {
    return secrets.map((row) => unseal(row, row, ctx.secretKeys));
  } catch (error) {
    if (!(error instanceof UnsealError)) throw error;
    throw new StepFailure(
      "secret-sealed",
      `The signing secret of ${slug} cannot be opened with this deployment's keys. Rotate it. Nothing was sent.`,
      // A process that was not told the master secret before the present one may not be the one that tries again.
      { isRetriable: true },
    );
  }
}

/** The adapter that a step calls. Throws StepFailure where the tenant may not call it, or nobody may any more. */
function calledBy({ closed, bySlug }: Found, slug: string): FoundAdapter {
  if (closed !== null) throw new StepFailure("not-entitled", `${closed} Nothing was sent.`);
  const adapter = bySlug.get(slug);
  if (adapter === undefined) throw new StepFailure("unknown-adapter", `There is no adapter ${slug}. Nothing was sent.`);
  if (adapter.endedAt !== null)
    throw new StepFailure("adapter-ended", `The adapter ${slug} has ended. Nothing was sent.`);
  return adapter;
}

/**
 * Opens the adapter that a step is about to call, and tells all that must be taken out of what comes back: the signing
 * secrets of every adapter that its workflow names. Throws StepFailure.
 */
export async function openAdapters(
  ctx: ExecutionContext,
  step: Step,
  slugs: readonly string[],
): Promise<{ called: OpenedAdapter | null; hidden: string[] }> {
  if (slugs.length === 0) return { called: null, hidden: [] };
  const found = await findAdapters(ctx, slugs, ctx.clock.now());
  const adapter = step.type === "adapter" ? calledBy(found, step.adapter) : null;
  const signing = new Map([...found.bySlug.values()].map((each) => [each.id, signingOf(ctx, each)]));
  const hidden = [...signing.values()].flat().flatMap((secret) => [secret, secret.slice(secret.indexOf("_") + 1)]);
  if (adapter === null) return { called: null, hidden };
  const { address, input: declared, timeoutSeconds } = adapter;
  const called = { address, declared, timeoutMs: timeoutSeconds * 1_000, signing: signing.get(adapter.id) ?? [] };
  return { called, hidden };
}
