import { beforeEach, describe, expect, it } from "vitest";
import { withTenant } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { fixedClock } from "@/server/kernel/clock";
import { must } from "@/server/kernel/errors";
import { listMembers, removeMember } from "@/server/members";
import { planlessTenantWith, tenantWith } from "@/server/testing/actors";
import { countReceipts, expectDenial, expectReceipt } from "@/server/testing/records";
import {
  addOverride,
  createSchedule,
  findEscalation,
  findPeople,
  getOnCall,
  removeOverride,
  removeSchedule,
  setEscalation,
  updateSchedule,
} from "./index";

const db = useTestDatabase();
const ROLES = ["tenant_admin", "operator", "read_only"] as const;

async function setUp() {
  const clock = fixedClock(new Date("2026-03-04T12:00:00Z"));
  const { as, tenant } = await tenantWith(db.database, ROLES, clock);
  const { rows } = await listMembers(as.tenant_admin, {});
  const memberOf = (role: (typeof ROLES)[number]) =>
    must(
      rows.find(({ roles }) => roles[0] === role),
      "a member per role",
    ).id;
  const turns = {
    ...{ name: "Primary", zone: "Europe/Berlin", rotation: "daily" as const, handoffAt: "09:00" },
    ...{ startsOn: "2026-03-04", memberIds: [memberOf("operator"), memberOf("tenant_admin")] },
  };
  const people = async () => {
    const { steps } = await withTenant(as.operator, (tx) => findEscalation(tx, tenant.tenantId));
    const now = clock.now();
    return Promise.all(
      steps.map(({ targets }) =>
        withTenant(as.operator, (tx) => findPeople(tx, { tenantId: tenant.tenantId, now }, targets)),
      ),
    );
  };
  return { clock, as, memberOf, turns, people };
}
type Here = Awaited<ReturnType<typeof setUp>>;
let here: Here;
beforeEach(async () => {
  here = await setUp();
});

describe("a schedule", () => {
  it("is made with a receipt, and says who is on call now and next", async () => {
    const { as, turns } = here;
    const { scheduleId } = await createSchedule(as.operator, turns);
    await expectReceipt(as.operator, "on_call.schedule", `on_call_schedule:${scheduleId}`);
    const { schedules } = await getOnCall(as.operator, {});
    expect(schedules).toMatchObject([
      {
        ...{ id: scheduleId, name: "Primary", zone: "Europe/Berlin" },
        shifts: [
          { isMe: true, from: "2026-03-04T08:00:00.000Z", until: "2026-03-05T08:00:00.000Z" },
          { isMe: false, until: "2026-03-06T08:00:00.000Z" },
          ...[{ isMe: true }, { isMe: false }, { isMe: true }, { isMe: false }],
        ],
      },
    ]);
  });

  it("is refused to a reader, on record, and to people of another tenant", async () => {
    const { as, turns } = here;
    await expect(createSchedule(as.read_only, turns)).rejects.toMatchObject({ code: "Forbidden" });
    await expectDenial(as.read_only, "incident.resolve");
    const other = await setUp();
    await expect(
      createSchedule(as.operator, { ...turns, memberIds: [other.memberOf("operator")] }),
    ).rejects.toMatchObject({ code: "NotFound", message: "No such member." });
    const { scheduleId } = await createSchedule(other.as.operator, other.turns);
    await expect(removeSchedule(as.operator, { scheduleId })).rejects.toMatchObject({ code: "NotFound" });
    expect((await getOnCall(as.operator, {})).schedules).toEqual([]);
  });

  it("needs the feature to be made, and none to be removed", async () => {
    const { as } = await planlessTenantWith(db.database, ROLES);
    await expect(createSchedule(as.tenant_admin, here.turns)).rejects.toMatchObject({
      ...{ code: "NotEntitled", details: { feature: "incident-automation" } },
    });
    expect(await countReceipts(as.tenant_admin)).toBe(0);
  });

  it("takes the first of two changes of what was read, and one of two of a name", async () => {
    const { as, turns } = here;
    const both = await Promise.allSettled([createSchedule(as.operator, turns), createSchedule(as.operator, turns)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const [schedule] = (await getOnCall(as.operator, {})).schedules;
    const { id: scheduleId, seenAt } = must(schedule, "one was made");
    here.clock.advance(1_000);
    const change = () => updateSchedule(as.operator, { ...turns, scheduleId, seenAt, rotation: "weekly" });
    const changed = await Promise.allSettled([change(), change()]);
    const refused = changed.filter((one) => one.status === "rejected");
    expect(refused.map(({ reason }) => (reason as { code: string }).code)).toEqual(["Conflict"]);
  });

  it.each([
    ["a zone that there is not", { zone: "Mars/Olympus" }],
    ["a time that there is not", { handoffAt: "24:00" }],
    ["a day that there is not", { startsOn: "2026-02-30" }],
    ["nobody", { memberIds: [] }],
  ])("refuses %s", async (_title, over) => {
    await expect(createSchedule(here.as.operator, { ...here.turns, ...over })).rejects.toMatchObject({
      code: "Invalid",
    });
  });

  it("stays while the escalation tells it, and goes with its overrides", async () => {
    const { as, turns, memberOf } = here;
    const { scheduleId } = await createSchedule(as.operator, turns);
    await addOverride(as.operator, {
      ...{ scheduleId, memberId: memberOf("read_only") },
      ...{ startsAt: "2026-03-04T10:00:00Z", endsAt: "2026-03-04T14:00:00Z" },
    });
    await setEscalation(as.operator, {
      steps: [{ afterMinutes: 0, targets: [{ kind: "schedule", scheduleId }] }],
    });
    await expect(removeSchedule(as.operator, { scheduleId })).rejects.toMatchObject({ code: "PreconditionFailed" });
    await setEscalation(as.operator, { steps: [{ afterMinutes: 5, targets: [{ kind: "administrators" }] }] });
    await removeSchedule(as.operator, { scheduleId });
    await expectReceipt(as.operator, "on_call.remove", `on_call_schedule:${scheduleId}`);
    expect((await getOnCall(as.operator, {})).schedules).toEqual([]);
  });
});

describe("an override", () => {
  it("puts somebody else on call while it lasts, until it is taken back", async () => {
    const { as, turns, memberOf, people } = here;
    const { scheduleId } = await createSchedule(as.operator, turns);
    const { overrideId } = await addOverride(as.operator, {
      ...{ scheduleId, memberId: memberOf("read_only") },
      ...{ startsAt: "2026-03-04T10:00:00Z", endsAt: "2026-03-04T14:00:00Z" },
    });
    expect((await people())[0]).toEqual([as.read_only.principal.id]);
    here.clock.advance(2 * 3_600_000);
    expect((await people())[0]).toEqual([as.operator.principal.id]);
    await removeOverride(as.operator, { overrideId });
    await expectReceipt(as.operator, "on_call.override", `on_call_schedule:${scheduleId}`);
    await expect(removeOverride(as.operator, { overrideId })).rejects.toMatchObject({ code: "NotFound" });
  });

  it.each([
    ["that is over", "2026-03-03T10:00:00Z", "2026-03-03T14:00:00Z"],
    ["that ends before it begins", "2026-03-05T10:00:00Z", "2026-03-05T09:00:00Z"],
    ["that lasts too long", "2026-03-05T10:00:00Z", "2026-09-05T10:00:00Z"],
  ])("refuses one %s", async (_title, startsAt, endsAt) => {
    const { as, turns, memberOf } = here;
    const { scheduleId } = await createSchedule(as.operator, turns);
    const refused = addOverride(as.operator, { scheduleId, memberId: memberOf("operator"), startsAt, endsAt });
    await expect(refused).rejects.toMatchObject({ code: "Invalid" });
  });
});

describe("the escalation", () => {
  it("tells administrators where nothing is set, and whoever is on call first once there is a schedule", async () => {
    const { as, turns, people } = here;
    const [admin, operator] = [as.tenant_admin.principal.id, as.operator.principal.id];
    expect(await people()).toEqual([[admin]]);
    await createSchedule(as.operator, turns);
    expect(await people()).toEqual([[operator], [admin]]);
  });

  it("tells administrators instead of somebody who is no member any more", async () => {
    const { as, memberOf, people } = here;
    await setEscalation(as.operator, {
      steps: [{ afterMinutes: 0, targets: [{ kind: "person", memberId: memberOf("read_only") }] }],
    });
    await expectReceipt(as.operator, "on_call.escalation", `tenant:${as.operator.tenantId}`);
    expect(await people()).toEqual([[as.read_only.principal.id]]);
    await removeMember(as.tenant_admin, { memberId: memberOf("read_only") });
    expect(await people()).toEqual([[as.tenant_admin.principal.id]]);
  });

  it("refuses steps that do not wait longer each, and a schedule of another tenant", async () => {
    const other = await setUp();
    const { scheduleId } = await createSchedule(other.as.operator, other.turns);
    const administrators = { kind: "administrators" } as const;
    const steps = [0, 0].map((afterMinutes) => ({ afterMinutes, targets: [administrators] }));
    await expect(setEscalation(here.as.operator, { steps })).rejects.toMatchObject({ code: "Invalid" });
    await expect(
      setEscalation(here.as.operator, { steps: [{ afterMinutes: 0, targets: [{ kind: "schedule", scheduleId }] }] }),
    ).rejects.toMatchObject({ code: "NotFound" });
  });
});
