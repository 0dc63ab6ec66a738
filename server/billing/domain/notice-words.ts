import type { NoticeKind } from "./inbox";

/** What administrators are told, in the app and by mail. */
interface NoticeWords {
  title: string;
  text: string;
  /** What the letter's button says. */
  act: string;
}

interface Noticed {
  kind: NoticeKind;
  amountCents: number | null;
  currency: string | null;
  at: string | null;
}

const day = (at: string | null) => (at === null ? "soon" : at.slice(0, 10));
const money = ({ amountCents, currency }: Noticed) =>
  amountCents === null || currency === null
    ? "A payment"
    : new Intl.NumberFormat("en-US", { style: "currency", currency }).format(amountCents / 100);

/** A notice about payments in words. */
export function noticeWords(notice: Noticed): NoticeWords {
  const again = notice.at === null ? "It is not tried again by itself." : `It is tried again on ${day(notice.at)}.`;
  switch (notice.kind) {
    case "payment-failed":
      return {
        title: `A payment of ${money(notice)} failed`,
        text: `All of the plan works for seven days from the first try that failed; then it can only be read. ${again}`,
        act: "Pay the invoice",
      };
    case "action-required":
      return {
        title: `Your bank asks you to confirm a payment of ${money(notice)}`,
        text: "Nobody can do that for you. Until it is confirmed, the payment counts as not made.",
        act: "Confirm the payment",
      };
    case "card-expiring":
      return {
        title: `The card on file is good until ${day(notice.at)}`,
        text: "Put another one on file before the next invoice, so that nothing stops.",
        act: "See the payment method",
      };
    case "recovered":
      return { title: "The payment went through", text: "All of the plan works as before.", act: "See the plan" };
    case "trial-ending":
      return {
        title: `The trial ends on ${day(notice.at)}`,
        text: "Choose how to pay before then, so that nothing stops. Nothing is charged without that.",
        act: "Choose a plan",
      };
    case "disputed":
      return {
        title: `${money(notice)} was disputed at the bank`,
        text: "Everything works as before. Nothing can be added to the plan until the bank has decided; if this was a mistake, tell the bank.",
        act: "See the plan",
      };
    case "dispute-lost":
      return {
        title: `${money(notice)} was taken back by the bank`,
        text: "No run starts any more, and what is kept can be read, until the next invoice is paid. Nothing was deleted.",
        act: "See the plan",
      };
    case "ended":
      return {
        title: `The plan ended on ${day(notice.at)}`,
        text: "No run starts any more, and what is kept can be read and exported. Nothing was deleted.",
        act: "Choose a plan",
      };
  }
}
