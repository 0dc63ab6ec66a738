import type { Kind } from "../account/wire";
import { pageAnswer, type PageAnswer } from "../pages/document";
import { field, select } from "../pages/fields";
import { type Html, html } from "../pages/html";
import { type Desk, FAULT_KINDS, OPERATIONS, ORDER_NAMES, waitingDebits } from "./controls";

const SHOWN_MAX = 50;

const timeOf = (seconds: number) => new Date(seconds * 1000).toISOString().replace(".000Z", " UTC").replace("T", " ");

/** All of one account: its time, what is on its way, what happened, what it holds. */
export function accountPage(desk: Desk): PageAnswer {
  const body = html`${clockSection(desk)} ${debitsSection(desk)} ${deliveriesSection(desk)} ${faultsSection(desk)}
  ${eventsSection(desk)} ${objectsSection(desk)}`;
  return pageAnswer(200, `Account ${desk.account.id}`, body, "wide");
}

const at = ({ account }: Desk, part: string) => `/operator/${account.id}/${part}`;

function clockSection(desk: Desk): Html {
  const step = (name: string) => html`<button type="submit" name="step" value="${name}">One ${name} on</button>`;
  return html`<section>
    <h2>Clock</h2>
    <p>It is <strong>${timeOf(desk.account.clock.now())}</strong> here.</p>
    <form method="post" action="${at(desk, "clock")}" class="row">${step("hour")} ${step("day")} ${step("month")}</form>
    <form method="post" action="${at(desk, "clock")}" class="row">
      ${field({ name: "to", label: "To a time (UTC)", errors: {}, type: "datetime-local", isRequired: true })}
      <button type="submit">Move there</button>
    </form>
  </section>`;
}

function debitsSection(desk: Desk): Html | null {
  const waiting = waitingDebits(desk);
  if (waiting.length === 0) return null;
  return html`<section>
    <h2>Debits that wait for their bank</h2>
    ${waiting.map(
      ({ id }) =>
        html`<form method="post" action="${at(desk, "debit")}" class="row">
          <input type="hidden" name="session" value="${id}" />
          <span>${id.slice(0, 24)}…</span>
          <button type="submit" name="answer" value="paid">It is paid</button>
          <button class="quiet" type="submit" name="answer" value="refused">The bank refuses</button>
        </form>`,
    )}
  </section>`;
}

function deliveriesSection(desk: Desk): Html {
  const { account, deliveries } = desk;
  const rows = deliveries.all.map((delivery, place) => ({ ...delivery, place, isHeld: deliveries.isHeld(delivery) }));
  const action = (name: string, words: string) =>
    html`<button class="quiet" type="submit" name="action" value="${name}">${words}</button>`;
  const orders = ORDER_NAMES.map((name) => [name, name] as const);
  return html`<section>
    <h2>Deliveries</h2>
    ${
      deliveries.isHolding
        ? html`<form method="post" action="${at(desk, "release")}" class="row">
            ${select({ name: "order", label: "Let go of what is held", errors: {}, choices: orders })}
            <button type="submit">Release</button>
          </form>`
        : html`<form method="post" action="${at(desk, "hold")}">
            <button type="submit">Hold new ones back</button>
          </form>`
    }
    <div class="scroll" tabindex="0" role="region" aria-label="Deliveries">
      <table>
        <thead>
          <tr>
            <th scope="col">Event</th>
            <th scope="col">Tries</th>
            <th scope="col">Next</th>
            <th scope="col">Do</th>
          </tr>
        </thead>
        <tbody>
          ${rows
            .slice(-SHOWN_MAX)
            .reverse()
            .map(
              ({ place, eventId, attempts, dueAt, isHeld }) =>
                html`<tr>
                  <td>${account.store.get("event", eventId)?.type ?? eventId}</td>
                  <td>${attempts.join(", ")}</td>
                  <td>${isHeld ? "held" : dueAt !== null && timeOf(dueAt)}</td>
                  <td>
                    <form method="post" action="${at(desk, "delivery")}">
                      <input type="hidden" name="place" value="${place}" />
                      ${action("send", isHeld ? "Send" : "Send again")} ${action("twice", "Twice")}
                      ${isHeld && action("drop", "Drop")}
                    </form>
                  </td>
                </tr>`,
            )}
        </tbody>
      </table>
    </div>
  </section>`;
}

function faultsSection(desk: Desk): Html {
  const named = (words: readonly string[]) => words.map((word) => [word, word] as const);
  return html`<section>
    <h2>Faults</h2>
    <ul>
      ${desk.faults.all.map(({ operation, kind }) => html`<li>${kind} at the next ${operation}</li>`)}
    </ul>
    <form method="post" action="${at(desk, "fault")}" class="row">
      ${select({ name: "operation", label: "Next request to", errors: {}, choices: named(OPERATIONS) })}
      ${select({ name: "kind", label: "Fails by", errors: {}, choices: named(FAULT_KINDS) })}
      <button type="submit">Order</button>
    </form>
  </section>`;
}

function eventsSection({ account }: Desk): Html {
  const events = account.store.all("event").slice(0, SHOWN_MAX);
  return html`<section>
    <h2>Events</h2>
    ${events.map(
      (event) =>
        html`<details>
          <summary>${timeOf(event.created)} ${event.type}</summary>
          <pre tabindex="0">${jsonOf(event)}</pre>
        </details>`,
    )}
  </section>`;
}

function objectsSection({ account }: Desk): Html {
  const kinds = account.store.kinds().filter((kind) => kind !== "event");
  return html`<section>
    <h2>Objects</h2>
    <ul>
      ${kinds.map(
        (kind) =>
          html`<li>
            <a href="/operator/${account.id}/objects/${encodeURIComponent(kind)}">${kind}</a>
            (${account.store.all(kind).length})
          </li>`,
      )}
    </ul>
  </section>`;
}

/** All objects of a kind. */
export function objectsPage({ account }: Desk, kind: Kind): PageAnswer {
  const body = html`<section>
      ${account.store.all(kind).map(
        (object) =>
          html`<details>
            <summary>${object.id}</summary>
            <pre tabindex="0">${jsonOf(object)}</pre>
          </details>`,
      )}
    </section>
    <p><a href="/operator/${account.id}">Back to the account</a></p>`;
  return pageAnswer(200, kind, body, "wide");
}

/** What signs deliveries is for the endpoint's eyes alone. */
function jsonOf(object: object): string {
  return JSON.stringify(object, (name, value: unknown) => (name === "secret" ? "(not shown)" : value), 2);
}
