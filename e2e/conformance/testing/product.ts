import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { processDatabase } from "@/db/process-database";
import { serveInngest } from "@/jobs";

/** A request as Next hands it to the route. */
async function asRequest(incoming: IncomingMessage, origin: string): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const { method = "GET", url = "/", headers } = incoming;
  const given = Object.entries(headers).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : []));
  const body = method === "GET" ? {} : { body: Buffer.concat(chunks) };
  return new Request(new URL(url, origin), {
    method,
    headers: Object.fromEntries(given) as Record<string, string>,
    ...body,
  });
}

async function serve(incoming: IncomingMessage, outgoing: ServerResponse, origin: string): Promise<void> {
  const answer = await serveInngest(await asRequest(incoming, origin));
  outgoing.writeHead(answer.status, Object.fromEntries(answer.headers)).end(Buffer.from(await answer.arrayBuffer()));
}

export interface ServedProduct {
  /** Where Inngest finds the functions. */
  endpoint: string;
  stop(): Promise<void>;
}

/**
 * The product's own route for Inngest behind a real HTTP server, configured as a deployment is: by the environment, which
 * this sets, as everything behind the route reads it once per process.
 */
export async function serveProduct(settings: Readonly<Record<string, string>>): Promise<ServedProduct> {
  const place = { origin: "" };
  const server = createServer((incoming, outgoing) => void serve(incoming, outgoing, place.origin));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  place.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  Object.assign(process.env, settings, { CONDUCTOR_PUBLIC_URL: place.origin });
  return {
    endpoint: `${place.origin}/api/inngest`,
    stop: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await processDatabase().end();
    },
  };
}
