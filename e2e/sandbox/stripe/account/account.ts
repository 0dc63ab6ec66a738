import { isDeepStrictEqual } from "node:util";
import { DUNNING_DEFAULT, type Dunning } from "../engine/dunning";
import type { AccountClock } from "./clock";
import { newId } from "./ids";
import type { Store } from "./store";
import type { Kind, Kinds, ThinEvent } from "./wire";

/** What led to an event: null for what the clock brought. */
export interface Cause {
  id: string;
  idempotency_key: string | null;
}

export interface AccountSettings {
  id: string;
  store: Store;
  clock: AccountClock;
  apiVersion: string;
  /** Where its hosted pages are. */
  pages: string;
  /** Throws when an event is not what the contract says. */
  checkEvent: (event: Kinds["event"]) => void;
}

/** Everything behind one secret key: its objects, its time, its events. */
export class Account {
  /** Of the request that is being answered. */
  cause: Cause | null = null;
  /** The settings by which its unpaid invoices are retried. */
  dunning: Dunning = DUNNING_DEFAULT;
  private fresh: (Kinds["event"] | ThinEvent)[] = [];

  constructor(private readonly settings: AccountSettings) {}

  get id(): string {
    return this.settings.id;
  }

  get pages(): string {
    return this.settings.pages;
  }

  get store(): Store {
    return this.settings.store;
  }

  get clock(): AccountClock {
    return this.settings.clock;
  }

  /** Records that something happened to an object, as the object is now. */
  emit<K extends Kind>(type: string, object: Kinds[K], previous?: Partial<Kinds[K]>): void {
    const data = {
      object: structuredClone(object),
      ...(previous === undefined ? {} : { previous_attributes: previous }),
    };
    const event = {
      ...{ id: newId("evt"), object: "event" as const, api_version: this.settings.apiVersion },
      ...{
        created: this.clock.now(),
        data,
        livemode: false,
        type,
        request: this.cause ?? { id: null, idempotency_key: null },
      },
      pending_webhooks: this.store.all("webhook_endpoint").filter((endpoint) => wants(endpoint, type)).length,
    };
    this.settings.checkEvent(event);
    this.store.put("event", event);
    this.fresh.push(event);
  }

  /** Records an event whose notification only says that it happened. */
  emitThin(type: string, data: object, related?: ThinEvent["related_object"]): void {
    const event: ThinEvent = {
      ...{ id: newId("evt_test"), object: "v2.core.event", created: new Date(this.clock.now() * 1000).toISOString() },
      ...{ livemode: false, type, data, ...(related === undefined ? {} : { related_object: related }) },
    };
    this.store.put("v2.core.event", event);
    this.fresh.push(event);
  }

  /** Changes fields of an object and records an event that tells what they were; nothing when they were so already. */
  change<K extends Kind>(kind: K, before: Kinds[K], changes: Partial<Kinds[K]>, type: string): Kinds[K] {
    const names = Object.keys(changes) as (keyof Kinds[K])[];
    const changed = names.filter((name) => !isDeepStrictEqual(before[name], changes[name]));
    if (changed.length === 0) return before;
    const after = { ...before, ...changes };
    this.store.put(kind, after);
    // Keys of the object itself, with the values they had.
    const previous = Object.fromEntries(changed.map((name) => [name, before[name]])) as Partial<Kinds[K]>;
    this.emit(type, after, previous);
    return after;
  }

  /** Does all of it, events included, or nothing. */
  atomically<T>(work: () => T): T {
    const before = this.fresh.length;
    try {
      return this.store.atomically(work);
    } catch (error) {
      this.fresh.length = before;
      throw error;
    }
  }

  /** What comes of work of which nothing is kept. */
  tried<T>(work: () => T): T {
    const done: T[] = [];
    const undone = new Error("undone");
    try {
      this.atomically(() => {
        done.push(work());
        throw undone;
      });
    } catch (error) {
      if (error !== undone) throw error;
    }
    const [outcome] = done;
    if (outcome === undefined) throw new Error("work that is tried comes to something");
    return outcome;
  }

  /** The events that happened since they were last taken, oldest first. */
  takeEvents(): (Kinds["event"] | ThinEvent)[] {
    return this.fresh.splice(0);
  }
}

/** Whether an endpoint is told of events of a type. */
export function wants(endpoint: Kinds["webhook_endpoint"], type: string): boolean {
  const isListed = endpoint.enabled_events.includes("*") || endpoint.enabled_events.includes(type);
  return endpoint.status === "enabled" && isListed;
}
