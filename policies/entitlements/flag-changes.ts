import {
  CONTEXT_FIELDS,
  type ContextField,
  type FlagDefinition,
  FLAGS,
  type FlagStrategy,
  SKU_TAG,
  strategyParameters,
} from "./flag-registry";

/** A strategy as a server holds it: everything that decides whom it holds for. */
export interface FoundStrategy {
  id: string;
  name: string;
  isDisabled: boolean;
  constraints: readonly unknown[];
  parameters: Readonly<Record<string, unknown>>;
  segments: readonly number[];
}

export interface FoundFlag {
  name: string;
  type: string;
  description: string;
  /** Kept, but answered to nobody. */
  isArchived: boolean;
  isEnabled: boolean;
  /** Flags without which it does not hold, whatever its strategies say. */
  parents: readonly string[];
  strategies: readonly FoundStrategy[];
  tags: readonly string[];
}

/** What a server holds of ours in one environment. */
export interface FoundFlags {
  contextFields: readonly Pick<ContextField, "name" | "stickiness" | "legalValues">[];
  tagTypes: readonly string[];
  flags: readonly FoundFlag[];
}

/** One step from what a server holds to what it should hold. */
export type FlagChange =
  | { kind: "add-context-field" | "change-context-field"; field: ContextField }
  | { kind: "add-tag-type"; name: string; description: string }
  | { kind: "add-flag" | "change-flag"; flag: string; type: string; description: string }
  | { kind: "add-tag" | "remove-tag"; flag: string; tag: string }
  | { kind: "set-strategies"; flag: string; strategies: readonly FlagStrategy[]; obsolete: readonly string[] }
  | { kind: "revive" | "free" | "switch-on"; flag: string };

/** Fields of objects in one order, and what is left out as it is meant, so that the same says the same. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, of]) => [name, sorted(of)]),
  );
}
const text = (value: unknown) => JSON.stringify(sorted(value));

const isAsWanted = (flag: string, wanted: FlagStrategy, found: FoundStrategy) =>
  found.name === "flexibleRollout" &&
  !found.isDisabled &&
  found.segments.length === 0 &&
  text([found.parameters, found.constraints]) === text([strategyParameters(flag), wanted.constraints]);

function contextChanges(found: FoundFlags): FlagChange[] {
  return CONTEXT_FIELDS.flatMap((field): FlagChange[] => {
    const there = found.contextFields.find(({ name }) => name === field.name);
    if (there === undefined) return [{ kind: "add-context-field", field }];
    const isSame =
      there.stickiness === field.stickiness && text([...there.legalValues].sort()) === text(field.legalValues);
    return isSame ? [] : [{ kind: "change-context-field", field }];
  });
}

/** The strategies of a feature are the catalogue's; those of a switch are the operator's, and only made where there are none. */
function strategyChanges({ name, type, strategies }: FlagDefinition, found: readonly FoundStrategy[]): FlagChange[] {
  const isSame =
    type === "kill-switch"
      ? found.length > 0
      : found.length === strategies.length &&
        strategies.every((wanted) => found.some((there) => isAsWanted(name, wanted, there)));
  return isSame ? [] : [{ kind: "set-strategies", flag: name, strategies, obsolete: found.map(({ id }) => id) }];
}

function flagChanges(wanted: FlagDefinition, found: FoundFlag | undefined): FlagChange[] {
  const { name: flag, type, description, isEnabled, tags } = wanted;
  const has = found?.tags ?? [];
  return [
    ...(found === undefined ? [{ kind: "add-flag" as const, flag, type, description }] : []),
    ...(found?.isArchived === true ? [{ kind: "revive" as const, flag }] : []),
    ...(found !== undefined && (found.type !== type || found.description !== description)
      ? [{ kind: "change-flag" as const, flag, type, description }]
      : []),
    ...tags.filter((tag) => !has.includes(tag)).map((tag) => ({ kind: "add-tag" as const, flag, tag })),
    ...has.filter((tag) => !tags.includes(tag)).map((tag) => ({ kind: "remove-tag" as const, flag, tag })),
    ...strategyChanges(wanted, found?.strategies ?? []),
    ...(isEnabled && (found?.parents ?? []).length > 0 ? [{ kind: "free" as const, flag }] : []),
    // A switch that is on was turned by somebody who had a reason.
    ...(isEnabled && (found?.isEnabled !== true || found.isArchived) ? [{ kind: "switch-on" as const, flag }] : []),
  ];
}

/**
 * What is to be done so that a server holds the flags of the catalogue, in the order in which it can be done; nothing where it
 * does. Flags of other names are nobody's business, and whether a kill switch is on, and for whom, is the operator's.
 */
export function flagChangesTo(found: FoundFlags): FlagChange[] {
  return [
    ...contextChanges(found),
    ...(found.tagTypes.includes(SKU_TAG.name) ? [] : [{ kind: "add-tag-type" as const, ...SKU_TAG }]),
    ...FLAGS.flatMap((flag) =>
      flagChanges(
        flag,
        found.flags.find(({ name }) => name === flag.name),
      ),
    ),
  ];
}

/** A change in one line. */
export function changeInWords(change: FlagChange): string {
  switch (change.kind) {
    case "add-context-field":
      return `context field ${change.field.name}: is missing`;
    case "change-context-field":
      return `context field ${change.field.name}: its values or its stickiness differ`;
    case "add-tag-type":
      return `tag type ${change.name}: is missing`;
    case "add-flag":
      return `${change.flag}: is missing`;
    case "change-flag":
      return `${change.flag}: its type or description differs`;
    case "add-tag":
      return `${change.flag}: lacks the tag ${change.tag}`;
    case "remove-tag":
      return `${change.flag}: has the tag ${change.tag} of something that does not open it`;
    case "revive":
      return `${change.flag}: is in the archive`;
    case "free":
      return `${change.flag}: depends on other flags`;
    case "set-strategies":
      return `${change.flag}: its strategies differ`;
    case "switch-on":
      return `${change.flag}: is off`;
  }
}

/** The kill switches that are on. */
export const killedBy = ({ flags }: FoundFlags): string[] =>
  flags.flatMap(({ name, isEnabled, isArchived }) =>
    isEnabled && !isArchived && FLAGS.some((flag) => flag.name === name && flag.type === "kill-switch") ? [name] : [],
  );
