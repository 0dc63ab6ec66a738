/** Where a page leads whoever reads too often: with `?seconds=` until the next reading. */
export function GET(request: Request): Response {
  const asked = Number(new URL(request.url).searchParams.get("seconds"));
  const seconds = Number.isInteger(asked) && asked >= 1 && asked <= 3_600 ? asked : 60;
  return new Response(`Too many readings from your address. Try again in ${seconds} s.\n`, {
    status: 429,
    headers: {
      ...{ "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
      "retry-after": String(seconds),
    },
  });
}
