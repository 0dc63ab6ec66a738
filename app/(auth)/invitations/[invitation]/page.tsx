import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { Notice } from "@/app/_shared/notice";
import { ButtonLink } from "@/app/_shared/page";
import { Moment } from "@/app/_shared/moment";
import type { SearchParams } from "@/app/_shared/page-params";
import { readerZone } from "@/app/_shared/reader";
import { rolesInSentence } from "@/app/_shared/role-words";
import { ApiProvider } from "@/app/_trpc/client";
import { load } from "@/app/_trpc/load";
import { accountApi, reader } from "@/app/_trpc/server";
import { invitationLinkSchema } from "@/server/members/schemas";
import classes from "../../auth.module.css";
import { AcceptInvitation } from "./_components/accept-invitation";

export const metadata: Metadata = { title: "Invitation" };

interface Props {
  params: Promise<{ invitation: string }>;
  searchParams: SearchParams;
}

const WHY_NOT: Readonly<Record<string, string>> = {
  accepted: "This invitation has been used already.",
  revoked: "This invitation was withdrawn. Ask for a new one.",
  expired: "This invitation has expired. Ask for a new one.",
};

export default async function InvitationPage({ params, searchParams }: Props) {
  const { invitation: invitationId } = await params;
  const { token } = await searchParams;
  const link = invitationLinkSchema.safeParse({ invitationId, token });
  if (!link.success) notFound();
  const person = await load(reader());
  if (person === null) {
    const here = `/invitations/${invitationId}?token=${link.data.token}`;
    redirect(`/sign-in?callbackUrl=${encodeURIComponent(here)}`);
  }
  const api = await accountApi();
  const [found, zone] = await Promise.all([load(api.members.invitation(link.data)), readerZone()]);
  const why = WHY_NOT[found.state];
  return (
    <div className={classes.stack}>
      <h1>Join {found.tenant.name}</h1>
      <p>
        You are invited as {rolesInSentence(found.roles)}. The invitation is good until{" "}
        <Moment at={found.expiresAt} zone={zone} />.
      </p>
      <p className={classes.lead}>You are signed in as {person.email}.</p>
      {why !== undefined ? (
        <Notice tone="wait" title={why} />
      ) : found.isForYou ? (
        <ApiProvider>
          <AcceptInvitation link={link.data} tenantName={found.tenant.name} />
        </ApiProvider>
      ) : (
        <Notice tone="wait" title="This invitation is for another address">
          Sign out, then open the link again and sign in with the address it was sent to.
        </Notice>
      )}
      <ButtonLink href="/tenants">Your tenants</ButtonLink>
    </div>
  );
}
