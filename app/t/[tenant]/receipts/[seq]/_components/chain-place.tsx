import { CopyButton, CopyText } from "@/app/_shared/copy-text";
import { Moment } from "@/app/_shared/moment";
import { Notice } from "@/app/_shared/notice";
import { Facts, Panel } from "@/app/_shared/page";
import classes from "./receipt.module.css";

export interface ChainPlaceProps {
  tenant: string;
  zone: string;
  receipt: {
    seq: number;
    hash: string;
    previousHash: string;
    content: string;
    contentDigest: string;
    fault: "gap" | "broken-link" | "changed-content" | null;
    signedAt: string | null;
  };
}

const FAULTS = {
  gap: "The receipt before it is gone.",
  "broken-link": "It does not hold the hash of the receipt before it.",
  "changed-content": "Its hash is not that of what it says: something in it was changed.",
};

/** Where a receipt stands in the chain, everything its hash is made of, and how to compute it again. */
export function ChainPlace({ tenant, zone, receipt }: ChainPlaceProps) {
  const { seq, hash, previousHash, content, contentDigest, fault, signedAt } = receipt;
  return (
    <Panel title="Place in the chain">
      {fault === null ? null : (
        <Notice tone="bad" title="The chain does not hold here">
          {FAULTS[fault]} Run <code>npx conductor receipts verify --tenant {tenant}</code> to see how far it holds.
        </Notice>
      )}
      <div className={classes.wide}>
        <Facts
          rows={[
            ["Number", seq],
            ["Hash", <CopyText key="hash" text={hash} what="the hash" />],
            [
              seq === 1 ? "Previous hash (of the beginning)" : `Previous hash (of No. ${seq - 1})`,
              <CopyText key="previous" text={previousHash} what="the previous hash" />,
            ],
            ["Hash of its content", <CopyText key="content" text={contentDigest} what="the hash of its content" />],
            [
              "Checked just now",
              fault === null ? "It holds: it follows from its content and the receipt before it." : "It does not hold.",
            ],
            [
              "Vouched for",
              signedAt === null ? (
                "Not yet. Where the chain stands is signed about once a minute."
              ) : (
                <span key="signed">
                  By a head signed <Moment at={signedAt} zone={zone} /> and kept outside the database.
                </span>
              ),
            ],
          ]}
        />
      </div>
      <details className={classes.exact}>
        <summary>The exact text that is hashed, and how to compute it again</summary>
        <p>
          The hash of its content is SHA-256 over this text. The hash is SHA-256 over the previous hash, the number and
          the hash of its content, joined by colons.
        </p>
        <pre tabIndex={0} role="region" aria-label="The text that is hashed">
          {content}
        </pre>
        <CopyButton text={content} what="the text that is hashed" />
      </details>
    </Panel>
  );
}
