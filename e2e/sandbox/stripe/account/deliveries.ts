import { type Account, wants } from "./account";
import { signatureHeader } from "./signature";
import type { Kinds, ThinEvent } from "./wire";

/** One event on its way to one endpoint. */
export interface Delivery {
  eventId: string;
  endpointId: string;
  /** What each attempt came to: a status, or why there was none. */
  attempts: (number | string)[];
  /** When it is next tried, by the account's clock; null once it was taken or given up. */
  dueAt: number | null;
}

// Documented: three tries over a few hours in a sandbox. Assumed: one after each of these waits, in seconds.
const RETRY_WAITS = [3_600, 2 * 3_600, 3 * 3_600];
const TIMEOUT_MS = 10_000;

interface Message {
  url: string;
  secret: string;
  body: string;
}

function wantsThin(destination: Kinds["v2.core.event_destination"], type: string): boolean {
  const { enabled_events: events, event_payload: payload, status } = destination;
  return status === "enabled" && payload === "thin" && (events.includes("*") || events.includes(type));
}

/** Tells webhook endpoints of events, and keeps what came of it. */
export class Deliveries {
  private held: Delivery[] | null = null;
  private readonly flying = new Set<Promise<void>>();

  constructor(
    private readonly account: Account,
    readonly all: Delivery[] = [],
  ) {}

  /** Sends what happened since the last time; called after a change is kept. */
  dispatch(): void {
    for (const event of this.account.takeEvents()) {
      for (const endpoint of this.receivers(event)) {
        const now = this.account.clock.now();
        const delivery = { eventId: event.id, endpointId: endpoint.id, attempts: [], dueAt: now };
        this.all.push(delivery);
        if (this.held === null) this.fly(delivery);
        else this.held.push(delivery);
      }
    }
  }

  private receivers(event: Kinds["event"] | ThinEvent): { id: string }[] {
    const { store } = this.account;
    return event.object === "event"
      ? store.all("webhook_endpoint").filter((endpoint) => wants(endpoint, event.type))
      : store.all("v2.core.event_destination").filter((destination) => wantsThin(destination, event.type));
  }

  /** Keeps deliveries back until they are released. */
  hold(): void {
    this.held ??= [];
  }

  /** Sends what was kept back, one after another, as `arrange` puts it: turned round, twice, without some. */
  async release(arrange = (held: readonly Delivery[]) => held): Promise<void> {
    const held = this.held ?? [];
    this.held = null;
    for (const delivery of arrange(held)) await this.attempt(delivery);
  }

  /** Whether deliveries are kept back. */
  get isHolding(): boolean {
    return this.held !== null;
  }

  /** Whether this one is kept back. */
  isHeld(delivery: Delivery): boolean {
    return this.held?.includes(delivery) === true;
  }

  /** Sends one now, whether it was kept back or has been sent before. */
  async send(delivery: Delivery): Promise<void> {
    this.takeBack(delivery);
    await this.attempt(delivery);
  }

  /** Gives one up that is kept back: it is never sent by itself. */
  drop(delivery: Delivery): void {
    this.takeBack(delivery);
    delivery.dueAt = null;
  }

  private takeBack(delivery: Delivery): void {
    this.held = this.held?.filter((each) => each !== delivery) ?? null;
  }

  /** Tries again what failed and is due by the account's clock. */
  async retryDue(): Promise<void> {
    const now = this.account.clock.now();
    const isDue = ({ attempts, dueAt }: Delivery) => attempts.length > 0 && dueAt !== null && dueAt <= now;
    for (const delivery of this.all.filter(isDue)) await this.attempt(delivery);
  }

  /** Resolves once nothing is on its way. */
  async settled(): Promise<void> {
    while (this.flying.size > 0) await Promise.all(this.flying);
  }

  private fly(delivery: Delivery): void {
    const flight = this.attempt(delivery).finally(() => this.flying.delete(flight));
    this.flying.add(flight);
  }

  private messageOf({ eventId, endpointId }: Delivery): Message | null {
    const { store } = this.account;
    const endpoint = store.get("webhook_endpoint", endpointId);
    const event = store.get("event", eventId);
    if (endpoint !== undefined && event !== undefined) {
      return { url: endpoint.url, secret: endpoint.secret ?? "", body: JSON.stringify(event) };
    }
    const receiver = store.get("v2.core.event_destination", endpointId)?.webhook_endpoint;
    const thin = store.get("v2.core.event", eventId);
    if (receiver?.url === undefined || thin === undefined) return null;
    // Documented: a notification leaves the data out.
    const { data: _, ...notification } = thin;
    return { url: receiver.url, secret: receiver.signing_secret ?? "", body: JSON.stringify(notification) };
  }

  private async attempt(delivery: Delivery): Promise<void> {
    const { clock } = this.account;
    const message = this.messageOf(delivery);
    if (message === null) {
      delivery.dueAt = null;
      return;
    }
    const outcome = await post(message);
    delivery.attempts.push(outcome);
    const isTaken = typeof outcome === "number" && outcome >= 200 && outcome < 300;
    const wait = RETRY_WAITS[delivery.attempts.length - 1];
    delivery.dueAt = isTaken || wait === undefined ? null : clock.now() + wait;
  }
}

async function post({ url, secret, body }: Message): Promise<number | string> {
  // By the machine's time, wherever the account's clock stands: the receiver compares it with its own.
  const seconds = Math.floor(Date.now() / 1000);
  const headers = {
    "content-type": "application/json; charset=utf-8",
    "stripe-signature": signatureHeader(body, [secret], seconds),
  };
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(url, { method: "POST", headers, body, redirect: "manual", signal });
    await response.arrayBuffer();
    return response.status;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
