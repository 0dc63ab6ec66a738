import { createRouter } from "@/server/trpc/init";
import { tenantMutation, tenantQuery } from "@/server/trpc/procedures";
import { listNotifications, markRead } from "./index";

export const notificationsRouter = createRouter({
  list: tenantQuery(listNotifications),
  markRead: tenantMutation(markRead),
});
