import { type Action, isGoverned, isProposed, subjectOf } from "@/policies/access/vocabulary";

/** A request that must be denied as malformed, and what is wrong with it. */
export interface Malformed {
  what: string;
  /** What a denial has to name: the attribute, by its path. */
  attribute: string;
  request: unknown;
}

type Part = Record<string, unknown>;

function soundParts(action: Action): { principal: Part; resource: Part } {
  const subject = subjectOf(action);
  return {
    principal: {
      ...{ kind: "user", id: "usr_1", tenantId: "ten_1", roles: ["tenant_admin"], region: "eu" },
      ...{ businessUnit: "general", clearance: "restricted", breakGlass: true },
    },
    resource: {
      ...{ subject, tenantId: "ten_1" },
      ...(isGoverned(subject)
        ? {
            ...{ environment: "dev", region: "eu", riskProfile: "low", businessUnit: "general" },
            ...{ dataSensitivity: "public", contributors: ["usr_2"] },
          }
        : {}),
      ...(isProposed(subject) ? { requesters: ["usr_2"] } : {}),
      ...(subject === "approval" ? { role: "tenant_admin", requesters: ["usr_2"], voters: ["usr_3"] } : {}),
    },
  };
}

const MEGABYTE = "x".repeat(1_000_000);
/** Not one of these is a proper value of any attribute. */
const IMPROPER: Readonly<Record<string, unknown>> = {
  ...{ null: null, undefined, "a number": 1, "no number": NaN, "an empty text": "" },
  ...{ "an object": { $lte: 1 }, "a list in a list": [["low"]], "a megabyte": MEGABYTE },
  "a list of nothing": [null],
  "an unknown word, too long": "x".repeat(1_000),
  "a list of an unknown word, too long": ["x".repeat(1_000)],
  "a list that is too long": Array.from({ length: 1_001 }, () => "operator"),
};

const without = (part: Part, name: string): Part =>
  Object.fromEntries(Object.entries(part).filter(([key]) => key !== name));

/** Attributes with words of their own; the others take any short text. */
const WORDS = [
  "kind",
  "roles",
  "clearance",
  "subject",
  "environment",
  "riskProfile",
  "dataSensitivity",
  "role",
  "region",
];

/** An attribute that is there by the prototype alone. */
const inherited = (part: Part, name: string): Part =>
  Object.assign(Object.create({ [name]: part[name] }) as Part, without(part, name));

/** What is wrong with one attribute, and the part as it then is. */
function faultsOf(part: Part, name: string): [what: string, part: Part][] {
  // Whether break-glass is open may be left out.
  const isOptional = name === "breakGlass";
  return [
    ...(isOptional ? [] : [["missing", without(part, name)] as [string, Part]]),
    ...(isOptional ? [] : [["inherited", inherited(part, name)] as [string, Part]]),
    ...(isOptional ? [] : [["a truth", { ...part, [name]: true }] as [string, Part]]),
    ...(WORDS.includes(name) ? [["an unknown word", { ...part, [name]: "no such word" }] as [string, Part]] : []),
    ...Object.entries(IMPROPER)
      .filter(([, value]) => !isOptional || value !== undefined)
      .map(([what, value]): [string, Part] => [what, { ...part, [name]: value }]),
  ];
}

/** For an action: each attribute missing, and with each improper value; attributes that there are not; parts that are none. */
export function malformedRequests(action: Action): Malformed[] {
  const sound = { ...soundParts(action), action };
  const fault = (what: string, attribute: string, request: unknown): Malformed => ({ what, attribute, request });
  const parts = (["principal", "resource"] as const).flatMap((name) => {
    const part = sound[name];
    const put = (what: string, attribute: string, value: unknown) =>
      fault(`${attribute}: ${what}`, attribute, { ...sound, [name]: value });
    return [
      ...Object.keys(part).flatMap((key) =>
        faultsOf(part, key).map(([what, value]) => put(what, `${name}.${key}`, value)),
      ),
      put("an attribute that there is not", `${name}.colour`, { ...part, colour: "red" }),
      put("a prototype's name", `${name}.__proto__`, JSON.parse(`{"__proto__":{},${JSON.stringify(part).slice(1)}`)),
      ...Object.entries(IMPROPER).map(([what, value]) => put(what, name, value)),
    ];
  });
  const closed = without(sound.principal, "breakGlass");
  const ofAnother = subjectOf(action) === "billing" ? "slo" : "billing";
  return [
    ...parts,
    fault("another attribute in place of one that may be missing", "principal.colour", {
      ...{ ...sound, principal: { ...closed, colour: "red" } },
    }),
    ...(["principal", "resource", "action"] as const).flatMap((name) => [
      fault(`no ${name}`, name, without(sound, name)),
      fault(`${name} is inherited`, name, inherited(sound, name)),
    ]),
    fault("a part that there is not", "admin", { ...sound, admin: true }),
    ...["run.fly", "manage", "all", "constructor"].map((word) =>
      fault(`the action ${word}`, "action", { ...sound, action: word }),
    ),
    fault("a resource of another action", "resource.subject", {
      ...{ ...sound, resource: { subject: ofAnother, tenantId: "ten_1" } },
    }),
    ...Object.entries(IMPROPER).map(([what, value]) =>
      fault(`action is ${what}`, "action", { ...sound, action: value }),
    ),
    ...[null, [], "run.start", NaN].map((request) => fault("no request", "request", request)),
  ];
}

/** A sound request of an action, for what is to be altered. */
export const soundRequest = (action: Action) => ({ ...soundParts(action), action });
