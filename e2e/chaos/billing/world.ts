import { AsyncLocalStorage } from "node:async_hooks";
import type pg from "pg";
import type { Database } from "@/db/client";
import type { StoredRows } from "@/e2e/sandbox/stripe/account/store";
import type { Contract } from "@/e2e/sandbox/stripe/contract/schema";
import { type Around, accountInProcess, type InProcessAccount } from "@/e2e/sandbox/stripe/in-process";
import { placeSeller } from "@/server/billing";
import { newId } from "@/server/kernel/ids";
import type { Stripe } from "@/server/platform/stripe";
import type { TenantContext } from "@/server/verb";
import { chanceOf } from "../chance";
import type { Violation } from "../oracle";
import { Attempt, type Fates } from "./attempt";

/** Ways in which the product is broken on purpose, so that the oracle is seen to bite. */
export const BREAKAGES = [
  "applies payloads",
  "no lease",
  "no identifier",
  "new identifiers",
  "forgets reports",
] as const;
export type Breakage = (typeof BREAKAGES)[number];

/** What one process disturbs on: a database that nothing else uses, a template of a person's call, and a stocked shop. */
export interface Stage {
  database: Database;
  owner: pg.Client;
  template: TenantContext;
  contract: Contract;
  /** Everything of the catalogue, as the seller's account begins with it. */
  rows: StoredRows;
  prices: ReadonlyMap<string, string>;
  breakage: Breakage | null;
}

/** What is on its way here, with how the seller stood when it happened. */
export interface Message {
  event: Stripe.Event;
  rows: StoredRows | null;
}

export const DEPLOYMENT = "chaos.example.com";
export const CARD = "4242424242424242";
const LOST = 0.4;
const BASE_MS = Date.UTC(2026, 2, 1);

const attempts = new AsyncLocalStorage<{ world: World; attempt: Attempt }>();

/** One tenant and its customer, from the first purchase to the last look, by the choices of a seed. */
export class World {
  readonly chance: () => number;
  readonly account: InProcessAccount;
  /** What people and operators do at the seller: undisturbed. */
  readonly hands: Stripe;
  private readonly product: Stripe;
  readonly tenantId = newId("tenant");
  readonly messages: Message[] = [];
  readonly counts: Record<string, number> = {};
  /** How many times something changed at the seller, and when a fetch last began that was finished. */
  changes = 0;
  fetchedAtChange = -1;
  /** When a fetch was last overtaken by another that had begun after it. */
  overtakenAt = -1;
  /** What was found broken on the way. */
  readonly broken: Violation[] = [];
  customerId: string | null = null;
  /** Whether somebody has deleted that customer at the seller. */
  isDeleted = false;
  /** How often the outbox had asked for each customer when its jobs last ran. */
  private readonly taken = new Map<string, number>();
  /** Under the breakage: what fetches see in place of the seller. */
  payload: StoredRows | null = null;

  constructor(
    readonly stage: Stage,
    readonly seed: number,
  ) {
    this.chance = chanceOf(seed);
    const start = BASE_MS + Math.floor(this.chance() * 27 * 86_400) * 1_000;
    this.account = accountInProcess({
      ...{ contract: stage.contract, rows: stage.rows, now: () => start, checksAnswers: false },
      onEvent: (event) => {
        if (event.object !== "event") return;
        this.changes += 1;
        // Some are lost for good before anybody sees them.
        if (this.chance() < LOST) {
          this.count("dropped");
          return;
        }
        const rows = stage.breakage === "applies payloads" ? this.account.store.dump() : null;
        this.messages.push({ event: event as unknown as Stripe.Event, rows });
      },
    });
    this.hands = this.account.client();
    this.product = this.account.client(this.around);
  }

  get seconds(): number {
    return this.account.account.clock.now();
  }

  readonly clock = { now: () => new Date(this.seconds * 1_000) };

  get seller() {
    return { stripe: this.product, deployment: DEPLOYMENT, livemode: false };
  }

  get call() {
    return { database: this.stage.database, clock: this.clock, newId, seller: this.seller };
  }

  get person(): TenantContext {
    const { template } = this.stage;
    const { tenantId, clock } = this;
    const slug = `t${tenantId.slice(-20)}`;
    return {
      ...{ ...template, clock, tenantId },
      tenant: { ...template.tenant, slug, name: slug },
      principal: { ...template.principal, tenantId },
    };
  }

  count(what: string): void {
    this.counts[what] = (this.counts[what] ?? 0) + 1;
  }

  /** Does what the product does, disturbed as `fates` say: to its end, to an error, or until it dies. */
  attempt<T>(work: () => Promise<T>, fates: Fates = () => null): Promise<T | "died" | "failed"> {
    const attempt = new Attempt(fates, (what) => this.count(what));
    return attempts.run({ world: this, attempt }, () => attempt.run(work));
  }

  private readonly around: Around = (operation, perform) => {
    const see = () => (this.payload !== null && operation.startsWith("GET ") ? this.seen(perform) : perform());
    return attempts.getStore()?.attempt.call(operation, see) ?? see();
  };

  /** Under the breakage: what the message carried, as though it were the seller's answer. Calls are done before they are awaited. */
  private seen(perform: Parameters<Around>[1]): ReturnType<Around> {
    const { store } = this.account;
    const now = store.dump();
    store.restore(this.payload ?? now);
    const answer = perform();
    store.restore(now);
    return answer;
  }

  private async ask<Row extends pg.QueryResultRow>(text: string, ...values: unknown[]): Promise<Row[]> {
    return (await this.stage.owner.query<Row>(text, [this.tenantId, ...values])).rows;
  }

  async begin(): Promise<void> {
    const { slug } = this.person.tenant;
    const profile = "conductor-governance-saas";
    await this.ask(
      "insert into tenants (tenant_id, slug, name, governance_profile) values ($1, $2, $2, $3)",
      slug,
      profile,
    );
  }

  /** Whose plan the tenant has: of several customers the one that lives, as the others were deleted. */
  async findCustomer(): Promise<void> {
    const [row] = await this.ask<{ id: string }>(
      "select id from billing_customers where tenant_id = $1 order by ended_at is null desc, created_at desc limit 1",
    );
    if (row === undefined || row.id === this.customerId) return;
    if (this.isDeleted) this.count("bought as another customer");
    this.customerId = row.id;
    this.isDeleted = false;
  }

  /** Writes what a task of a run used; the run itself plays no part here, and is not there. */
  async writeLedger(at: Date, weightMilli: number): Promise<void> {
    this.count("ledger");
    await this.ask(
      `insert into usage_ledger (tenant_id, run_id, step_id, task_type, weight_milli, bytes, duration_band, external_calls, at)
       values ($1, 'run_chaos', $2, 'transform', $3, 0, 'under-1s', 0, $4)`,
      ...[`step-${this.counts.ledger ?? 0}`, weightMilli, at],
    );
  }

  /** The customers for which the outbox has asked since the last time. */
  async takeJobs(): Promise<string[]> {
    const rows = await this.ask<{ id: string; count: number }>(
      `select payload->>'customerId' as id, count(*)::int as count from engine.events
       where tenant_id = $1 and name = 'customer.touched' group by 1 order by min(received_at)`,
    );
    const asked = rows.filter(({ id, count }) => count > (this.taken.get(id) ?? 0));
    for (const { id, count } of asked) this.taken.set(id, count);
    this.counts["jobs asked for"] = rows.reduce((sum, { count }) => sum + count, 0);
    return asked.map(({ id }) => id);
  }

  /** Whoever died has held the lease for a minute. */
  async forgetLease(): Promise<void> {
    this.account.account.clock.advance(61);
    await this.ask(
      "update billing_customers set lease_until = now() - interval '1 s' where tenant_id = $1 and lease_token is not null",
    );
  }

  /** The lease of whoever is at work runs out, as they are slow. Gives its token. */
  async takeLeaseAway(): Promise<string | null> {
    const [row] = await this.ask<{ lease_token: string | null }>(
      "select lease_token from billing_customers where tenant_id = $1 and lease_token is not null",
    );
    await this.forgetLease();
    return row?.lease_token ?? null;
  }

  /** Under the breakage: as though there were no lease. */
  async giveLease(token: string | null): Promise<void> {
    if (token === null) return;
    await this.ask(
      "update billing_customers set lease_token = $2, lease_until = now() + interval '1 min' where tenant_id = $1 and id = $3",
      token,
      this.customerId,
    );
  }

  /** Under the breakage: what was told is looked up nowhere. */
  async forgetReports(): Promise<void> {
    await this.ask("update usage_reports set status = 'cancelled' where tenant_id = $1 and status = 'sent'");
  }

  /** Rows of the ledger, and what became of reports. */
  async usage() {
    const ledger = await this.ask<{ at: Date; weight_milli: number }>(
      "select at, weight_milli from usage_ledger where tenant_id = $1",
    );
    const reports = await this.ask<{ status: string; units: number }>(
      "select status, sum(units)::int as units from usage_reports where tenant_id = $1 and customer_id = $2 group by status",
      this.customerId,
    );
    return { ledger, reports: new Map(reports.map(({ status, units }) => [status, units])) };
  }

  async waitingEvents(): Promise<number> {
    const [row] = await this.ask<{ count: number }>(
      "select count(*)::int as count from billing_events e join billing_customers c on c.id = e.customer_id where c.tenant_id = $1 and e.status not in ('done', 'ignored')",
    );
    return row?.count ?? 0;
  }
}

/** The world whose product is at work. */
const worldNow = (): World => {
  const world = attempts.getStore()?.world;
  if (world === undefined) throw new Error("nobody is at work");
  return world;
};

/** Puts the seller of whichever world is at work in the place of the configured one. */
export const placeWorlds = (): void =>
  placeSeller({
    ...{ deployment: DEPLOYMENT, livemode: false },
    get stripe() {
      return worldNow().seller.stripe;
    },
  });
