import { request } from "node:http";
import { SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type Collector, startCollector } from "@/e2e/sandbox/otlp";
import { useHttpTarget } from "@/server/testing/http-target";
import { inSpan, startTracing } from "./trace";

const TOKEN = "5f1c0ffee5f1c0ffee5f1c0ffee";
const target = useHttpTarget();
let collector: Collector;
beforeAll(async () => {
  collector = await startCollector();
  for (const [name, value] of Object.entries(collector.settings)) vi.stubEnv(name, value);
  await startTracing(collector.settings);
});
afterAll(() => collector.stop());

/** All spans that were begun so far have come once one that was begun later has. */
async function everythingReceived(): Promise<string> {
  const name = `last ${collector.spans.length}`;
  await inSpan(name, { attributes: {} }, async () => undefined);
  await expect.poll(() => collector.spans.map((span) => span.name), { timeout: 10_000 }).toContain(name);
  return collector.received();
}

it("tells no collector the secret of a link that was opened", async () => {
  const link = `/api/auth/callback/email?callbackUrl=%2Ftenants&token=${TOKEN}&email=ada%40example.test`;
  const whole = `https://conductor.example${link}`;
  const tracer = trace.getTracer("next.js");
  const attributes = { "http.method": "GET", "http.target": link, "next.span_name": `GET ${link}` };
  const span = tracer.startSpan(`GET ${link}`, { kind: SpanKind.SERVER, attributes, links: [] });
  span.setAttributes({ "url.full": whole, "url.path": "/api/auth/callback/email", "url.query": `token=${TOKEN}` });
  span.setAttribute("http.request.header.referer", [whole, `/sign-in#token=${TOKEN}`]);
  span.addLink({ context: span.spanContext(), attributes: { "http.url": whole } });
  span.addEvent(`redirected to ${link}`, { location: link });
  span.recordException(new TypeError(`Failed to parse URL from ${link}`));
  span.setStatus({ code: SpanStatusCode.ERROR, message: `Failed to parse URL from ${link}` });
  span.updateName(`GET ${link}`);
  span.end();

  const received = await everythingReceived();
  expect(received).not.toContain(TOKEN);
  // Not the name alone: an id in hexadecimal may hold "ada" too.
  expect(received).not.toContain("example.test");
  expect(collector.spans.find(({ name }) => name === "GET /api/auth/callback/email")).toMatchObject({
    attributes: expect.arrayContaining([
      { key: "http.target", value: { stringValue: "/api/auth/callback/email" } },
      { key: "url.full", value: { stringValue: "https://conductor.example" } },
    ]) as unknown,
    status: { message: "Failed to parse URL from /api/auth/callback/email" },
  });
});

it("tells no collector what an outgoing call has in its address", async () => {
  await fetch(`${target.url}/hooks/${TOKEN}?key=${TOKEN}#${TOKEN}`);
  await new Promise<void>((resolve, reject) => {
    const options = {
      host: "127.0.0.1",
      port: new URL(target.url).port,
      auth: `ada:${TOKEN}`,
      path: `/${TOKEN}?${TOKEN}`,
    };
    request(options, (answer) => answer.resume().once("end", resolve))
      .once("error", reject)
      .end();
  });
  const nowhere = fetch(`http://127.0.0.1:1/${TOKEN}?key=${TOKEN}`);
  await expect(nowhere).rejects.toThrow();

  const received = await everythingReceived();
  expect(target.hits).toEqual([`GET /hooks/${TOKEN}?key=${TOKEN}`, `GET /${TOKEN}?${TOKEN}`]);
  expect(received).not.toContain(TOKEN);
  expect(collector.spans.map(({ name }) => name)).toContain(`fetch GET ${target.url}`);
});
