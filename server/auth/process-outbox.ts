import { processDatabase } from "@/db/process-database";
import { env } from "@/server/platform/env";
import { listOutbox } from "./list-outbox";

/** The Outbox of this process; NotFound where there is none. */
export const processOutbox = () => listOutbox(processDatabase(), env());
