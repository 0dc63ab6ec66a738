import { describe, expect, it } from "vitest";
import { decide } from "@/policies/access/decide";
import { parseRequest } from "@/policies/access/request";
import { replayKeyOf } from "@/policies/access/replay";
import { ALL_ACTIONS, DEFAULT_REGIONS } from "@/policies/access/vocabulary";
import { regoOf } from "@/policies/compile/rego";
import { regoDataOf } from "@/policies/compile/rego-data";
import { shippedPolicy } from "@/policies/packs";
import { malformedRequests, soundRequest } from "./malformed";
import { answering } from "./rego-evaluate";
import { parseRego } from "./rego-parse";

const saas = shippedPolicy("conductor-governance-saas");
const byRego = answering(parseRego(regoOf(saas)), { conductor: { authz_data: regoDataOf(saas) } });
/** Whether a denial names an attribute, or an item of it, and none that is sound. */
const namesOnly = (failed: readonly string[], attribute: string) =>
  failed.length > 0 && failed.every((name) => name === attribute || name.startsWith(`${attribute}.`));

describe.each(ALL_ACTIONS)("a request about %s", (action) => {
  it("is read while it is sound, by every engine", () => {
    const request = soundRequest(action);
    expect(parseRequest(DEFAULT_REGIONS, request)).toEqual({ isSound: true, request });
    expect(byRego(request).denied).not.toContain("malformed-input");
  });

  it("is denied with whichever attribute broken in whichever way, and the attribute named, before any engine", () => {
    const wrong = malformedRequests(action).flatMap(({ what, attribute, request }) => {
      const { allow, code, failed, matched, obligations } = decide([saas], request);
      const isDenied = !allow && code === "MALFORMED" && matched.length + obligations.length === 0;
      // Without a key there is no word for the bits, and nothing for CASL to be asked about.
      const isAsked = replayKeyOf(saas, request) !== null;
      return isDenied && namesOnly(failed, attribute) && !isAsked ? [] : [{ what, code, failed }];
    });
    expect(wrong).toEqual([]);
  });

  it("is denied by the Rego as it reads, for the same reason", () => {
    const wrong = malformedRequests(action).flatMap(({ what, request }) => {
      const { allow, denied, matched, obligations } = byRego(request);
      const isDenied = !allow && denied.includes("malformed-input") && matched.length + obligations.length === 0;
      return isDenied ? [] : [what];
    });
    expect(wrong).toEqual([]);
  });
});

it("break-glass that a prototype opens is closed", () => {
  const { principal, ...rest } = soundRequest("tenant.kill");
  const { breakGlass: _open, ...closed } = { breakGlass: true, ...principal, roles: ["read_only"] };
  const request = { ...rest, principal: Object.assign(Object.create({ breakGlass: true }) as object, closed) };
  expect(parseRequest(DEFAULT_REGIONS, request)).toMatchObject({ isSound: true, request: { principal: closed } });
  expect(decide([saas], request).code).toBe("NO_GRANT");
  expect(decide([saas], { ...rest, principal: { ...closed, roles: ["operator"], breakGlass: true } }).allow).toBe(true);
});

/** One character of UTF-16, and one of two units. */
const LETTERS = ["x", "é", "中", "𝒳", "😀"];
const LENGTHS = [
  ["principal", "id", 200],
  ["principal", "tenantId", 200],
  ["principal", "businessUnit", 63],
  ["resource", "tenantId", 200],
  ["resource", "businessUnit", 63],
] as const;

describe("a length", () => {
  it.each(LENGTHS.flatMap((place) => LETTERS.map((letter) => [...place, letter] as const)))(
    "of %s.%s is %i characters at most in the parser and in Rego, of %s too",
    (part, name, most, letter) => {
      const sound = soundRequest("run.start");
      const answers = [most - 1, most, most + 1].map((length) => {
        const request = { ...sound, [part]: { ...sound[part], [name]: letter.repeat(length) } };
        const { isSound } = parseRequest(DEFAULT_REGIONS, request);
        expect([length, !byRego(request).denied.includes("malformed-input")]).toEqual([length, isSound]);
        return isSound;
      });
      expect(answers).toEqual([true, true, false]);
    },
  );

  it.each(["contributors", "requesters", "voters"] as const)("of an id in %s is counted alike", (name) => {
    const sound = soundRequest("approval.decide");
    for (const [length, isSound] of [[200, true] as const, [201, false] as const]) {
      const request = { ...sound, resource: { ...sound.resource, [name]: ["usr_1", "😀".repeat(length)] } };
      expect(parseRequest(DEFAULT_REGIONS, request).isSound).toBe(isSound);
      expect(byRego(request).denied.includes("malformed-input")).toBe(!isSound);
    }
  });
});

it("half a character is none: as UTF-8, in which OPA reads, two different ones would be the same", () => {
  const sound = soundRequest("run.start");
  for (const [part, name] of LENGTHS) {
    const request = { ...sound, [part]: { ...sound[part], [name]: "a\ud83d" } };
    expect(parseRequest(DEFAULT_REGIONS, request)).toEqual({ isSound: false, failed: [`${part}.${name}`] });
  }
});

it("unknown attributes are named, though not at any length and not in any number", () => {
  const sound = soundRequest("run.start");
  const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, place) => [`${place}`.padEnd(5_000, "y"), 1]));
  const parsed = parseRequest(DEFAULT_REGIONS, { ...sound, resource: { ...sound.resource, ...many } });
  expect(parsed.isSound).toBe(false);
  if (!parsed.isSound) expect(JSON.stringify(parsed.failed).length).toBeLessThan(1_000);
});
