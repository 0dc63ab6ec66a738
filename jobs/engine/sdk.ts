import { type Inngest, InngestCommHandler, type InngestFunction } from "inngest";
import { z } from "zod";
import { InvariantError } from "@/server/kernel/errors";
import type { CallBody, RawAnswer } from "./protocol";

interface SdkRequest {
  method: "POST" | "PUT";
  url: URL;
  headers: Readonly<Record<string, string>>;
  body: unknown;
}

/** The SDK's own request handler, called in process: nothing is serialised on the way in, nothing leaves the machine. */
export interface Sdk {
  /** Runs a function up to its next operation; `stepId` is `step` or the hashed id of a planned operation. */
  call(functionId: string, stepId: string, body: CallBody): Promise<RawAnswer>;
  /** The configuration of every function, as it would be registered with a server. */
  readConfigs(): Promise<unknown[]>;
}

const ENDPOINT = "http://embedded.invalid/api/inngest";

export function createSdk(client: Inngest.Any, functions: readonly InngestFunction.Any[]): Sdk {
  const handle = new InngestCommHandler({
    frameworkName: "conductor",
    client,
    functions: [...functions],
    handler: (request: SdkRequest) => ({
      body: () => request.body,
      headers: (name: string) => request.headers[name.toLowerCase()] ?? null,
      method: () => request.method,
      url: () => request.url,
      transformResponse: (response: RawAnswer): RawAnswer => response,
    }),
  }).createHandler();

  return {
    call: async (functionId, stepId, body) => {
      const url = new URL(ENDPOINT);
      url.searchParams.set("fnId", functionId);
      url.searchParams.set("stepId", stepId);
      return handle({ method: "POST", url, headers: { host: "embedded.invalid" }, body });
    },
    readConfigs: async () => {
      // In-band: the answer itself holds the configuration, so that nothing tries to register with a server.
      const headers = { host: "embedded.invalid", "x-inngest-sync-kind": "in_band" };
      const answer = await handle({ method: "PUT", url: new URL(ENDPOINT), headers, body: { url: ENDPOINT } });
      if (answer.status !== 200) throw new InvariantError(`the SDK did not tell its functions: ${answer.body}`);
      return z.object({ functions: z.array(z.unknown()) }).parse(JSON.parse(answer.body)).functions;
    },
  };
}
