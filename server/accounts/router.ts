import { createRouter } from "@/server/trpc/init";
import { accountMutation, accountQuery } from "@/server/trpc/procedures";
import { getProfile, listSessions, revokeOtherSessions, revokeSession, updateProfile } from "./index";

export const accountsRouter = createRouter({
  profile: accountQuery(getProfile),
  updateProfile: accountMutation(updateProfile),
  sessions: accountQuery(listSessions),
  revokeSession: accountMutation(revokeSession),
  revokeOtherSessions: accountMutation(revokeOtherSessions),
});
