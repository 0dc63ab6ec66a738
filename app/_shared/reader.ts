import { cookies } from "next/headers";
import { cache } from "react";
import { knownZone, ZONE_COOKIE } from "./zone";

/** The reader's time zone, as their browser said it; UTC before it has. */
export const readerZone = cache(async () => knownZone((await cookies()).get(ZONE_COOKIE)?.value));
