import type { z } from "zod";

/** A fact that a verb announces in its own transaction: name `<noun>.<past>`, and a payload that is checked on both sides. */
export interface EventDefinition<Name extends string = string, Payload extends z.ZodType = z.ZodType> {
  name: Name;
  payload: Payload;
}

export interface DomainEvent {
  name: string;
  payload: Readonly<Record<string, unknown>>;
}

export function defineEvent<const Name extends `${string}.${string}`, Payload extends z.ZodObject>(
  name: Name,
  payload: Payload,
): EventDefinition<Name, Payload> {
  return { name, payload };
}

/** An event of a definition; throws when the payload is not what the definition says. */
export function eventOf<Payload extends z.ZodType<Readonly<Record<string, unknown>>>>(
  definition: EventDefinition<string, Payload>,
  payload: z.input<Payload>,
): DomainEvent {
  return { name: definition.name, payload: definition.payload.parse(payload) };
}
