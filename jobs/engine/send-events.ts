import { getAsyncCtx } from "inngest/experimental";
import { z } from "zod";
import type { Json } from "@/server/kernel/json";
import type { Claim } from "./claim-calls";
import { type Engine, inEngine } from "./engine";
import { recordNews } from "./record-news";

const sentSchema = z.array(
  z.looseObject({ name: z.string().min(1), id: z.string().min(1).optional(), data: z.custom<Json>(() => true) }),
);

/** Records what the steps of one call send; returns the events' ids. */
export type SendEvents = (body: unknown, seed: string) => Promise<string[]>;

/**
 * Takes the events of one call. An event's id is made of run, step and place, so that a step which runs again after a
 * crash sends nothing twice; an id of the sender's own counts within its tenant.
 */
export function eventSink(engine: Engine, claim: Claim): SendEvents {
  const sentBy = new Map<string, number>();
  const places = new Map<string, number>();

  /** The first place of a sending within its step; the same one when the SDK tries a sending again. */
  const placeOf = (step: string, seed: string, count: number): number => {
    const known = places.get(seed);
    if (known !== undefined) return known;
    const place = sentBy.get(step) ?? 0;
    sentBy.set(step, place + count);
    places.set(seed, place);
    return place;
  };

  return async (body, seed) => {
    const sent = sentSchema.parse(body);
    const step = (await getAsyncCtx())?.execution?.executingStep?.hashedId ?? "function";
    const first = placeOf(step, `${step} ${seed}`, sent.length);
    const news = sent.map(({ id, name, data }, place) => ({
      id: id === undefined ? `${claim.runId}:${step}:${first + place}` : `${claim.tenantId}:${id}`,
      name,
      payload: data,
    }));
    await inEngine(engine, (query) => recordNews(query, claim.tenantId, news));
    return news.map(({ id }) => id);
  };
}
