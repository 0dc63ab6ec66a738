import { TRPCError } from "@trpc/server";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { Refusal } from "@/server/kernel/errors";
import { requestIdOf } from "@/server/platform/incoming";
import { type Denial, denialOf } from "@/app/_shared/denial";

/** What a page shows when it breaks: Next hides the message of a server error, but hands its digest to `error.tsx`. */
class PageError extends Error {
  readonly digest: string;
  constructor(code: string, requestId: string, cause: unknown) {
    super(`A page could not be shown (${code}).`, { cause });
    this.digest = `${code}:${requestId}`;
  }
}

/** The refusal that an error is or carries; null where it is none. */
export function refusalIn(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error;
  return error instanceof TRPCError && error.cause instanceof Refusal ? error.cause : null;
}

/** The same address without the place in its list. */
function fromBeginning(path: string): string {
  const [pathname = "/", search = ""] = path.split("?");
  const params = new URLSearchParams(search);
  params.delete("cursor");
  params.set("place", "lost");
  return `${pathname}?${params}`;
}

export type Answer<T> = { denied: null; value: T } | { denied: Denial };

/**
 * Awaits what a page shows. Nobody signed in: on to the sign-in page. Missing or foreign: the not-found page. A denial
 * comes back as a value, since a page explains it in place; anything else goes to the error page.
 */
export async function attempt<T>(work: Promise<T>): Promise<Answer<T>> {
  let refusal: Refusal | null;
  let thrown: unknown;
  try {
    return { denied: null, value: await work };
  } catch (error) {
    thrown = error;
    refusal = refusalIn(error);
  }
  const asked = await headers();
  if (refusal?.code === "Forbidden") return { denied: denialOf(refusal) };
  // A list whose place is not known any more is shown from its beginning, on which the page says so.
  if (refusal?.code === "Invalid" && refusal.details.field === "cursor")
    redirect(fromBeginning(asked.get("x-path") ?? "/"));
  if (refusal?.code === "NotFound" || refusal?.code === "Invalid") notFound();
  if (refusal?.code === "Unauthenticated")
    redirect(`/sign-in?callbackUrl=${encodeURIComponent(asked.get("x-path") ?? "/")}`);
  throw new PageError(refusal?.code ?? "Broken", requestIdOf(asked), thrown);
}

/** Like `attempt`, for what every signed-in reader may see: a denial here is a fault of ours. */
export async function load<T>(work: Promise<T>): Promise<T> {
  const answer = await attempt(work);
  if (answer.denied === null) return answer.value;
  throw new PageError("Forbidden", requestIdOf(await headers()), new Error(answer.denied.message));
}

/** What was attempted of somebody else's service: null while that does not answer, so that the rest of a page is shown. */
export async function unlessSilent<T>(attempted: Promise<Answer<T>>): Promise<Answer<T | null>> {
  try {
    return await attempted;
  } catch (error) {
    if (error instanceof PageError && refusalIn(error.cause)?.code === "Unavailable")
      return { denied: null, value: null };
    throw error;
  }
}
