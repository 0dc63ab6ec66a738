import { signIn } from "../fixtures/caller";
import { enterAs, open } from "../fixtures/page";
import { expect, test } from "../fixtures/test";

/** What only somebody who may see costs can read: words and figures of the large example's costs. */
const FIGURES =
  /cogs|gmBp|maxDiscountBp|chargeback|Gross margin|nano-USD|221208|2,?212\.08|10,?084\.12|613\.45|82\.01/i;
const MONTHS = [
  {
    plan: "enterprise",
    runs: 180_000,
    tasksPerRun: 14,
    weightMilli: 2_100,
    seats: 180,
    addons: ["incident", "compliance"],
  },
];

test("60 a visitor reads no cost from the public page, its payload or its scripts", async ({ deployment }) => {
  for (const headers of [{}, { rsc: "1" }] as Record<string, string>[]) {
    const answer = await fetch(`${deployment.url}/pricing?preset=large`, { headers });
    const text = await answer.text();
    expect(answer.status).toBe(200);
    expect(text).toContain("12,296.20");
    expect(text).not.toMatch(FIGURES);
    if (headers.rsc !== undefined) continue;
    const scripts = [...text.matchAll(/\/_next\/static\/[\w./~%-]+\.js/g)].map(([script]) => script);
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of new Set(scripts))
      expect(await (await fetch(`${deployment.url}${script}`)).text()).not.toMatch(
        /vcpuSecond|11244n|nano-USD|floorMilli/,
      );
  }
});

test("60 whoever is no administrator of the operating tenant reads no cost from page, payload or procedure", async ({
  deployment,
}) => {
  const people = [
    ...[["tenant_admin", "operator"] as const, ["read_only", "operator"] as const, ["operator", "operator"] as const],
    ...[
      ["tenant_admin", "acme"] as const,
      ["conductor_admin", "acme"] as const,
      ["conductor_admin", "globex"] as const,
    ],
  ];
  for (const [role, tenant] of people) {
    const caller = await signIn(deployment, `${role}@${tenant}.test`, tenant);
    const call = await caller.attempt("pricing.analyse", { months: MONTHS });
    expect([role, tenant, call.code]).toEqual([role, tenant, "Forbidden"]);
    expect(call.text).not.toMatch(FIGURES);
    for (const headers of [{}, { rsc: "1" }] as Record<string, string>[]) {
      const page = await caller.send(`/t/${tenant}/pricing?preset=large`, { headers });
      expect(page.text).not.toMatch(FIGURES);
    }
    expect((await caller.send(`/t/${tenant}/pricing/pdf?preset=large`)).status).toBe(403);
    // Nobody else's place, however it is named.
    expect((await caller.at("no-such-tenant").attempt("pricing.analyse", { months: MONTHS })).code).toBe("NotFound");
  }
  const nobody = await fetch(`${deployment.url}/t/operator/pricing?preset=large`, { redirect: "manual" });
  expect(await nobody.text()).not.toMatch(FIGURES);
});

test("60 what nobody else may read is there for an administrator of the operating tenant", async ({
  browser,
  deployment,
}) => {
  const founder = await signIn(deployment, "conductor_admin@operator.test", "operator");
  const context = await browser.newContext({ baseURL: deployment.url });
  await enterAs(context, deployment.url, founder);
  const page = await context.newPage();
  await open(page, "/t/operator/pricing?preset=large");
  await expect(page.getByText("$10,084.12").first()).toBeVisible();
  await context.close();
});
