/** A browser's part in HTTP: keeps cookies, follows redirects one by one, says where it is. */
export interface Browser {
  readonly cookies: ReadonlyMap<string, string>;
  setCookie(name: string, value: string): void;
  send(url: string, init?: RequestInit): Promise<Response>;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Posts a form as the product's own page would. */
  post(path: string, form: Readonly<Record<string, string>>, headers?: Record<string, string>): Promise<Response>;
}

/** A browser whose requests to `origin` go to a handler in this process, and all others over the network. */
export function createBrowser(origin: string, handle: (request: Request) => Promise<Response>): Browser {
  const jars = new Map<string, Map<string, string>>();
  const jarOf = (host: string) => {
    const jar = jars.get(host) ?? new Map<string, string>();
    jars.set(host, jar);
    return jar;
  };
  const own = jarOf(new URL(origin).host);

  const send = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const target = new URL(url, origin);
    const jar = jarOf(target.host);
    const headers = new Headers(init.headers);
    headers.set("cookie", [...jar].map(([name, value]) => `${name}=${value}`).join("; "));
    const given: RequestInit = { ...init, headers, redirect: "manual" };
    const answer = target.origin === origin ? await handle(new Request(target, given)) : await fetch(target, given);
    for (const line of answer.headers.getSetCookie()) {
      const [pair = "", ...attributes] = line.split("; ");
      const at = pair.indexOf("=");
      const isGone =
        attributes.includes("Max-Age=0") ||
        attributes.some((one) => one.toLowerCase().startsWith("expires=") && Date.parse(one.slice(8)) < Date.now());
      if (isGone) jar.delete(pair.slice(0, at));
      else jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return answer;
  };
  return {
    cookies: own,
    setCookie: (name, value) => void own.set(name, value),
    send,
    get: (path, headers = {}) => send(path, { headers }),
    post: (path, form, headers = {}) =>
      send(path, {
        method: "POST",
        headers: { origin, "content-type": "application/x-www-form-urlencoded", ...headers },
        body: new URLSearchParams(form),
      }),
  };
}
