export const HOSTS_MAX = 20;

const WILDCARD = "*.";
const IP = /^(\d+\.\d+\.\d+\.\d+|\[.*\])$/;

/** A host as URLs have it: lower case, punycode, addresses in their one form; null for anything else. */
function canonicalHost(text: string): string | null {
  if (!/^([^\s/?#@:\\[\]*%]+|\[[0-9a-f:.]+\])$/i.test(text) || text.endsWith(".")) return null;
  const hostname = URL.parse(`https://${text}/`)?.hostname ?? "";
  return hostname === "" ? null : hostname;
}

/**
 * One rule of where a secret may be sent, in its canonical form; null when it is none. It is a host, or `*.` and a
 * domain of at least two labels, for all hosts below that domain but not the domain itself.
 */
export function hostRule(text: string): string | null {
  if (!text.startsWith(WILDCARD)) return canonicalHost(text);
  const domain = canonicalHost(text.slice(WILDCARD.length));
  if (domain === null || !domain.includes(".") || IP.test(domain)) return null;
  return `${WILDCARD}${domain}`;
}

/** The host of a URL as rules compare it; empty for what is no URL. */
export const hostOf = (url: string): string => URL.parse(url)?.hostname ?? "";

/** True when one of the rules names this host. */
export function isHostAllowed(rules: readonly string[], host: string): boolean {
  return rules.some((rule) => (rule.startsWith(WILDCARD) ? host.endsWith(rule.slice(1)) : host === rule));
}
