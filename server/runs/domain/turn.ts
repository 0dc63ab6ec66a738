import { z } from "zod";
import { RUN_STATUSES } from "./status";

/** What is left of a run after a turn, as the engine keeps it between two calls: small, however much the run carries. */
export const turnSchema = z.discriminatedUnion("kind", [
  /** There is more to do at once. */
  z.object({ kind: z.literal("go") }),
  /**
   * There is nothing to do before a moment, `afterMs` from now and `untilMs` by the database's clock (Unix time); null:
   * before something is delivered, which wakes the run also earlier where it is awaited.
   */
  z.object({
    kind: z.literal("rest"),
    due: z.object({ afterMs: z.int().min(0), untilMs: z.int().min(0) }).nullable(),
    isAwaiting: z.boolean(),
    /** It was called, and is woken too when nobody waits for it any more. */
    isCalled: z.boolean(),
  }),
  z.object({ kind: z.literal("ended"), status: z.enum(RUN_STATUSES) }),
]);
export type Turn = z.output<typeof turnSchema>;
