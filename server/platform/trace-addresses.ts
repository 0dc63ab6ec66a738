import type { Attributes } from "@opentelemetry/api";
import type { Configuration } from "@vercel/otel";

type SpanProcessor = Exclude<NonNullable<Configuration["spanProcessors"]>[number], string>;

// A host must follow: `file:///…` of a stack trace stays. The length of a scheme is bounded, so that no text is slow.
const ELSEWHERE = /\b([a-z][a-z\d+.-]{1,20}:\/\/)(?:[^\s/?#]*@)?((?:\[[\da-f:.]+\]|[^\s:/?#@]+)(?::\d+)?)\S*/gi;
// Mail programs are known to encode the question mark of a link.
const QUERY = /(?:[?#]|%(?:25)*(?:3f|23))\S+/gi;
/** Attributes that hold a query or fragment without the sign before it. */
const QUERY_ALONE = /(?:^|[._])(?:query|fragment|search)$/;

/**
 * A text without what its addresses may hold in secret: queries, fragments and passwords, as in a sign-in link, and
 * of an address with a host everything behind that, as in the address of a chat's webhook.
 */
export const withoutSecrets = (text: string) => text.replace(ELSEWHERE, "$1$2").replace(QUERY, "");

function cutValue(value: Attributes[string]): Attributes[string] {
  if (typeof value === "string") return withoutSecrets(value);
  if (!Array.isArray(value)) return value;
  return value.map((one) => (typeof one === "string" ? withoutSecrets(one) : one)) as typeof value;
}

const cutAll = (attributes: Attributes = {}): Attributes =>
  Object.fromEntries(
    Object.entries(attributes).flatMap(([key, value]) => (QUERY_ALONE.test(key) ? [] : [[key, cutValue(value)]])),
  );

/**
 * Cuts the addresses in everything that a span holds, whoever made it; it must stand before all that send. It asks for
 * no attribute by name, as those change with each release of what we trace; should spans ever be frozen, ending one
 * throws and it is not sent.
 */
export const addressCutter: SpanProcessor = {
  onStart: () => undefined,
  onEnd: (span) => {
    const { name, attributes, status, events, links } = span;
    Object.assign(span, {
      name: withoutSecrets(name),
      attributes: cutAll(attributes),
      status: { ...status, ...(status.message !== undefined && { message: withoutSecrets(status.message) }) },
      events: events.map((event) => ({
        ...event,
        name: withoutSecrets(event.name),
        attributes: cutAll(event.attributes),
      })),
      links: links.map((link) => ({ ...link, attributes: cutAll(link.attributes) })),
    });
  },
  forceFlush: async () => undefined,
  shutdown: async () => undefined,
};
