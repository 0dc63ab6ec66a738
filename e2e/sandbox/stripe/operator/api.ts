import type { ApiAnswer, ApiRequest } from "../http/api";
import { ApiError } from "../http/errors";
import { answerDebit, type Desk, handleDelivery, moveClock, orderFault, overviewOf, release } from "./controls";

type Body = Readonly<Record<string, unknown>>;

const WORK: Readonly<Record<string, (desk: Desk, body: Body) => Promise<void> | void>> = {
  "GET /_sandbox": () => undefined,
  "POST /_sandbox/clock": moveClock,
  "POST /_sandbox/deliveries/hold": ({ deliveries }) => deliveries.hold(),
  "POST /_sandbox/deliveries/release": (desk, { order = "as they came" }) => release(desk, String(order)),
  "POST /_sandbox/deliveries/settle": ({ deliveries }) => deliveries.settled(),
  "POST /_sandbox/deliveries/handle": (desk, { place, action }) => handleDelivery(desk, Number(place), String(action)),
  "POST /_sandbox/faults": (desk, { operation, kind }) => void orderFault(desk, String(operation), String(kind)),
  "POST /_sandbox/debits": (desk, { session, paid }) => answerDebit(desk, String(session), paid === true),
};

/** Whether an address is one of the controls for tests. */
export function isControl(path: string): boolean {
  return path === "/_sandbox" || path.startsWith("/_sandbox/");
}

/**
 * The controls for tests, in JSON, each answered with what the account is doing then. They want the account's key in a header, which
 * no page of another site can send.
 */
export async function answerControl(request: ApiRequest, desk: Desk): Promise<ApiAnswer> {
  const work = WORK[`${request.method} ${request.url.pathname}`];
  if (work === undefined) throw new ApiError(404, `There is no control ${request.method} ${request.url.pathname}.`);
  await work(desk, bodyOf(request));
  return { status: 200, body: JSON.stringify(overviewOf(desk)) };
}

function bodyOf({ body }: ApiRequest): Body {
  if (body === "") return {};
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === "object" && value !== null) return value as Body;
  } catch {
    // Told below, as what is no object is.
  }
  throw new ApiError(400, "Send an object in JSON.");
}
