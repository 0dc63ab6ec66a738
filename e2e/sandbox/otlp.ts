import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface ReceivedSpan {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  status?: { code?: number; message?: string };
  attributes: { key: string; value: { stringValue?: string } }[];
}

export interface Collector {
  /** What a process is told so that it sends its traces here. */
  settings: Readonly<Record<string, string>>;
  spans: readonly ReceivedSpan[];
  /** Everything that came, as it came. */
  received: () => string;
  stop: () => void;
}

/** A collector on loopback that speaks OTLP over HTTP with JSON, as its specification 1.x gives the shape. */
export async function startCollector(): Promise<Collector> {
  const spans: ReceivedSpan[] = [];
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk: Buffer) => (text += chunk.toString("utf8")));
    request.on("end", () => {
      const { resourceSpans } = JSON.parse(text) as { resourceSpans: { scopeSpans: { spans: ReceivedSpan[] }[] }[] };
      bodies.push(text);
      spans.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    settings: {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
      // Milliseconds that a span waits for others: nobody should wait for it in a test.
      OTEL_BSP_SCHEDULE_DELAY: "50",
    },
    spans,
    received: () => bodies.join("\n"),
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
