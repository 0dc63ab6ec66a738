import type { ApiRequest, Tenancy } from "../http/api";
import { ApiError } from "../http/errors";
import type { Faults } from "../http/faults";
import { attended, formOf } from "../pages";
import { notice, pageAnswer, type PageAnswer, redirect } from "../pages/document";
import { html } from "../pages/html";
import { typed } from "../pages/page";
import { answerDebit, type Desk, handleDelivery, moveClock, orderFault, release } from "./controls";
import { accountPage, objectsPage } from "./view";

/** Whether an address is the operator's. */
export function isOperators(path: string): boolean {
  return path === "/operator" || path.startsWith("/operator/");
}

/** The pages from which a person looks at the sandbox and moves it. */
export async function answerOperator(
  request: ApiRequest,
  tenancies: readonly Tenancy[],
  faults: Faults,
): Promise<PageAnswer> {
  const [, , id = "", part = "", kind = ""] = request.url.pathname.split("/");
  if (id === "") return accountsPage(tenancies);
  const tenancy = tenancies.find(({ account }) => account.id === id);
  if (tenancy === undefined) return notice(404, "There is no such account", "It was never used, or is gone.");
  const desk: Desk = { ...tenancy, faults };
  if (request.method === "GET") return attended(tenancy, () => show(desk, part, decodeURIComponent(kind)));
  try {
    await submit(desk, part, formOf(request));
    return redirect(`/operator/${id}`);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return notice(error.status, "This cannot be done", error.message, { to: `/operator/${id}`, words: "Back" });
  }
}

function show(desk: Desk, part: string, kind: string): PageAnswer {
  if (part === "") return accountPage(desk);
  const known = desk.account.store.kinds().find((each) => each === kind);
  if (part === "objects" && known !== undefined) return objectsPage(desk, known);
  return notice(404, "There is no such page", "The address is wrong.");
}

async function submit(desk: Desk, part: string, form: URLSearchParams): Promise<void> {
  switch (part) {
    case "clock": {
      const to = typed(form, "to");
      return moveClock(desk, to === "" ? { step: typed(form, "step") } : { to: `${to}Z` });
    }
    case "hold": {
      desk.deliveries.hold();
      return;
    }
    case "release":
      return release(desk, typed(form, "order"));
    case "delivery":
      return handleDelivery(desk, Number(typed(form, "place")), typed(form, "action"));
    case "fault":
      return void orderFault(desk, typed(form, "operation"), typed(form, "kind"));
    case "debit": {
      answerDebit(desk, typed(form, "session"), typed(form, "answer") === "paid");
      return;
    }
    default:
      throw new ApiError(404, "There is nothing to send here.");
  }
}

function accountsPage(tenancies: readonly Tenancy[]): PageAnswer {
  const rows = tenancies.map(({ account }) => {
    const customers = account.store.all("customer").length;
    return html`<li><a href="/operator/${account.id}">${account.id}</a>: ${customers} customers</li>`;
  });
  const none = html`<p>No account has been used yet.</p>`;
  return pageAnswer(
    200,
    "Accounts",
    rows.length === 0
      ? none
      : html`<section>
          <ul>
            ${rows}
          </ul>
        </section>`,
  );
}
