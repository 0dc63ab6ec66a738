/** Sign-in refused, in words for the person who asked. */
export class SignInRefused extends Error {}

interface Answer {
  url?: string;
  error?: { message?: string };
}

/** Asks next-auth for something that needs its CSRF token; returns where to go next. Throws SignInRefused when it refuses. */
export async function askAuth(path: string, fields: Readonly<Record<string, string>>): Promise<string> {
  const asked = await fetch("/api/auth/csrf", { cache: "no-store" });
  const { csrfToken } = (await asked.json()) as { csrfToken: string };
  const answer = await fetch(`/api/auth/${path}`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ ...fields, csrfToken, json: "true" }),
  });
  const body = (await answer.json()) as Answer;
  if (body.url === undefined) throw new SignInRefused(body.error?.message ?? "Signing in did not work. Try again.");
  return body.url;
}
