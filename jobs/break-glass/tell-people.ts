import { breakGlassAsked, breakGlassEnded, breakGlassOpened } from "@/server/break-glass";
import { tellOfBreakGlass } from "@/server/notifications";
import type { JobDeps } from "../deps";

const NEWS = { asked: breakGlassAsked, opened: breakGlassOpened, ended: breakGlassEnded };

/** In the app: those who may open break-glass for others learn of each grant, at each of its turns. */
const notifyOf =
  (news: keyof typeof NEWS) =>
  ({ client, ...deps }: JobDeps) =>
    client.createFunction(
      { id: `notify-break-glass-${news}`, triggers: [{ event: NEWS[news].name }] },
      async ({ event, step }) => {
        const { tenantId, grantId } = NEWS[news].payload.parse(event.data);
        return step.run("tell", () => tellOfBreakGlass({ ...deps, tenantId }, grantId, news));
      },
    );

export const notifyBreakGlassAsked = notifyOf("asked");
export const notifyBreakGlassOpened = notifyOf("opened");
export const notifyBreakGlassEnded = notifyOf("ended");
