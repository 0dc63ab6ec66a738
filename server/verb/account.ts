import type { z } from "zod";
import type { UserContext } from "./context";
import { parseInput } from "./define";

/** A verb on the caller's own account: no tenant, no role; it acts on nothing but the person who calls. */
export interface AccountVerb<Input extends z.ZodType, Value> {
  (ctx: UserContext, input: z.input<Input>): Promise<Value>;
  readonly kind: "read" | "write";
  readonly self: string;
  readonly input: Input;
}

/** `self` says why no policy decides: what of the caller's own the verb touches. */
export function defineAccountVerb<Input extends z.ZodType, Value>(spec: {
  kind: "read" | "write";
  self: string;
  input: Input;
  run(ctx: UserContext, input: z.output<Input>): Promise<Value>;
}): AccountVerb<Input, Value> {
  const verb = async (ctx: UserContext, rawInput: z.input<Input>): Promise<Value> =>
    spec.run(ctx, parseInput(spec.input, rawInput));
  return Object.assign(verb, { kind: spec.kind, self: spec.self, input: spec.input });
}
