import { type CountContext, countEvents } from "./count-events";

/** Counts that something which was asked for has come to pass: a kill that has ended its runs, evidence that is sealed. Once per id. */
export async function countTimed(
  ctx: CountContext,
  sli: "incident-path-latency" | "compliance-path-latency",
  { id, askedAt }: { id: string; askedAt: Date },
): Promise<void> {
  const at = ctx.clock.now();
  const tookMs = Math.max(0, at.getTime() - askedAt.getTime());
  await countEvents(ctx, [{ id, at, fact: { kind: "timed", sli, tookMs } }]);
}
