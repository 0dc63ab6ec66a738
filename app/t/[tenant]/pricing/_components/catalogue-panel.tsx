import { hintOf } from "@/app/_shared/hints";
import { Moment } from "@/app/_shared/moment";
import { Facts, Panel } from "@/app/_shared/page";
import { readerZone } from "@/app/_shared/reader";
import { ApiProvider } from "@/app/_trpc/client";
import { load } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { enterTenant } from "@/app/_trpc/tenant";
import { CATALOGUE } from "@/policies/entitlements/catalogue";
import { SIGNER_TITLES } from "@/policies/entitlements/signing";
import { SignButton } from "./sign-button";

const TITLE_WORDS = { founder: "As a founder", "go-to-market": "For go-to-market" } as const;

/** What is sold now, by the hash of its content: who has signed it, and what may be signed by the reader. */
export async function CataloguePanel({ tenant }: { tenant: string }) {
  const api = await tenantApi(tenant);
  const [{ here }, zone, catalogue] = await Promise.all([
    enterTenant(tenant),
    readerZone(),
    load(api.billing.catalogue({ version: CATALOGUE.version })),
  ]);
  const { version, contentHash, signatures, missing } = catalogue;
  const hasSigned = signatures.some(({ isOwn }) => isOwn);
  const may = hintOf(here, "catalogue.sign").may && !hasSigned;
  return (
    <Panel title={`Catalogue ${version}: ${missing.length === 0 ? "signed" : "a draft"}`}>
      <p>
        {missing.length === 0
          ? "Two people have signed what it holds. It may be sold."
          : "Two people sign what it holds before it is sold outside of a sandbox: one as a founder, another for go-to-market."}{" "}
        A change of any price or feature makes signatures void.
      </p>
      <Facts
        rows={[
          ["Content", <code key="hash">{contentHash}</code>],
          ...SIGNER_TITLES.map((title) => {
            const signature = signatures.find((each) => each.title === title);
            const words =
              signature === undefined ? (
                "Not signed"
              ) : (
                <span key={title}>
                  {signature.isOwn ? "You" : signature.name}, <Moment at={signature.signedAt} zone={zone} />
                </span>
              );
            return [TITLE_WORDS[title], words] as const;
          }),
        ]}
      />
      {may ? (
        <ApiProvider tenant={tenant}>
          {missing.map((title) => (
            <SignButton key={title} title={title} contentHash={contentHash} label={`Sign: ${TITLE_WORDS[title]}`} />
          ))}
        </ApiProvider>
      ) : null}
      {hasSigned && missing.length > 0 ? <p>You have signed. The other signature is somebody else&apos;s.</p> : null}
    </Panel>
  );
}
