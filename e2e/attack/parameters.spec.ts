import { LISTS } from "../fixtures/known-surface";
import { definition, fresh } from "../fixtures/tenant-side";
import { expect, test } from "../fixtures/test";

test("55 a list orders and filters by what it knows and by nothing else", async ({ sides: { a } }) => {
  const unknown: Record<string, unknown>[] = [
    { orderBy: "name" },
    { orderBy: "(select 1)" },
    { sort: "createdAt;drop table runs" },
    { direction: "desc nulls last, (select pg_sleep(5))" },
    { filter: { "input->>'x'": "y" } },
    { filter: { $where: "1" } },
    { where: { tenant_id: "x" } },
    { select: ["keyHash"] },
    { include: { members: true } },
    { columns: ["*"] },
    { status: "' or 1=1 --" },
    { status: { ne: "failed" } },
    { workflowId: { gt: "" } },
    { cursor: { id: 1 } },
    { cursor: "bm90aGluZw" },
    { cursor: Buffer.from(`+275760-09-13T00:00:00.000Z|run_${"0".repeat(32)}`).toString("base64url") },
  ];
  for (const procedure of LISTS)
    for (const input of unknown)
      expect(await a.owner.attempt(procedure, input), `${procedure} ${JSON.stringify(input)}`).toMatchObject({
        status: 400,
      });
});

test("56 a number is in its range or refused", async ({ sides: { a } }) => {
  const limits = [
    "-1",
    "0",
    "-0",
    "1.5",
    "1e309",
    "-1e309",
    "1e9",
    "101",
    "9007199254740993",
    "NaN",
    "Infinity",
    '"10"',
    "null",
    "[10]",
    "true",
    "1e-400",
    "0x10",
  ];
  for (const procedure of LISTS)
    for (const limit of limits) {
      const answer = await a.admin.attemptText(procedure, `{"limit":${limit}}`);
      expect(answer.status, `${procedure} ${limit}`).toBe(400);
    }
  for (const before of ["0", "-1", "1.5", "1e309", "9007199254740993"]) {
    const answer = await a.admin.attemptText("receipts.list", `{"before":${before}}`);
    expect(answer.status, before).toBe(400);
  }
  expect((await a.admin.attempt("receipts.list", { before: Number.MAX_SAFE_INTEGER })).status).toBe(200);
  const page = await a.admin.ask<{ rows: unknown[] }>("receipts.list", { limit: 100 });
  expect(page.rows.length).toBeLessThanOrEqual(100);
  for (const seconds of [0, -1, 1.5, 1e12, 2_592_001]) {
    const steps = [{ id: "pause", type: "wait", seconds }];
    expect(
      await a.author.attempt("workflows.create", { slug: fresh("n"), definition: definition({ steps }) }),
      String(seconds),
    ).toMatchObject({ status: 400 });
  }
  const key = { name: "N", roles: ["read_only"] };
  for (const expiresInDays of [0, -1, 366, 1e308])
    expect(await a.admin.attempt("apiKeys.create", { ...key, expiresInDays })).toMatchObject({ status: 400 });
});
