import type { InngestFunction } from "inngest";
import { serve } from "inngest/edge";
import { processDatabase } from "@/db/process-database";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { engineKind, env } from "@/server/platform/env";
import { inngestClient } from "@/server/platform/inngest";
import type { JobDeps } from "../deps";

type Handler = (request: Request) => Promise<Response>;
type MakeFunctions = (deps: JobDeps) => InngestFunction.Any[];

function createHandler(makeFunctions: MakeFunctions): Handler {
  const e = env();
  const client = inngestClient();
  return serve({
    client,
    functions: makeFunctions({ client, database: processDatabase(), clock: systemClock, newId, env: e }),
    serveOrigin: e.CONDUCTOR_PUBLIC_URL,
    servePath: "/api/inngest",
    // Without it anybody could make this server register itself.
    enableUnauthedSync: false,
  });
}

let handler: Handler | undefined;

/** Lets Inngest run the functions; with the embedded executor there is no such page (404). */
export async function serveFunctions(request: Request, makeFunctions: MakeFunctions): Promise<Response> {
  if (engineKind(env()) === "embedded") return new Response(null, { status: 404 });
  handler ??= createHandler(makeFunctions);
  return handler(request);
}
