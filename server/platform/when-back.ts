import { setTimeout } from "node:timers/promises";
import { Refusal } from "@/server/kernel/errors";

/** Between two tries (milliseconds). */
const AGAIN_MS = 250;

/**
 * Does what a repeat cannot harm, again and again while the database is away (Unavailable), for about so many
 * milliseconds; then that refusal is thrown, as every other error is at once.
 */
export async function whenBack<T>(work: () => Promise<T>, withinMs: number): Promise<T> {
  for (let waited = 0; ; waited += AGAIN_MS)
    try {
      return await work();
    } catch (error) {
      const isAway = error instanceof Refusal && error.code === "Unavailable";
      if (!isAway || waited >= withinMs) throw error;
      await setTimeout(AGAIN_MS);
    }
}
