import { type Action, isGoverned, isProposed, subjectOf } from "@/policies/access/vocabulary";

/** A request that must be denied as malformed, and what is wrong with it. */
export interface Malformed {
  what: string;
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

/** Not one of these is a proper value of any attribute. */
const IMPROPER: Readonly<Record<string, unknown>> = {
  ...{ null: null, "a number": 1, "an empty text": "", "an object": { $lte: 1 }, "a list in a list": [["low"]] },
  "a list of nothing": [null],
  "an unknown word, too long": "x".repeat(1_000),
  "a list of an unknown word, too long": ["x".repeat(1_000)],
  "a list that is too long": Array.from({ length: 1_001 }, () => "operator"),
};

const without = (part: Part, name: string): Part =>
  Object.fromEntries(Object.entries(part).filter(([key]) => key !== name));

/** For an action: each attribute missing, and with each improper value; attributes that there are not; parts that are none. */
export function malformedRequests(action: Action): Malformed[] {
  const sound = { ...soundParts(action), action };
  const parts = (["principal", "resource"] as const).flatMap((name) => {
    const part = sound[name];
    const put = (what: string, value: unknown): Malformed => ({ what, request: { ...sound, [name]: value } });
    return [
      ...Object.keys(part).flatMap((key) => [
        // Whether break-glass is open may be left out.
        ...(key === "breakGlass" ? [] : [put(`no ${name}.${key}`, without(part, key))]),
        ...Object.entries(IMPROPER).map(([what, value]) => put(`${name}.${key} is ${what}`, { ...part, [key]: value })),
      ]),
      put(`${name} with an attribute that there is not`, { ...part, colour: "red" }),
      ...Object.entries(IMPROPER).map(([what, value]) => put(`${name} is ${what}`, value)),
    ];
  });
  const closed = without(sound.principal, "breakGlass");
  return [
    ...parts,
    {
      what: "another attribute in place of one that may be missing",
      request: { ...sound, principal: { ...closed, colour: "red" } },
    },
    ...(["principal", "resource", "action"] as const).map((name) => ({
      ...{ what: `no ${name}`, request: without(sound, name) },
    })),
    { what: "a part that there is not", request: { ...sound, admin: true } },
    { what: "an action that there is not", request: { ...sound, action: "run.fly" } },
    { what: "a resource that there is not", request: { ...sound, resource: { ...sound.resource, subject: "ship" } } },
    ...Object.entries(IMPROPER).map(([what, value]) => ({
      what: `action is ${what}`,
      request: { ...sound, action: value },
    })),
    ...[null, [], "run.start", {}].map((request) => ({ what: `the request is ${JSON.stringify(request)}`, request })),
  ];
}
