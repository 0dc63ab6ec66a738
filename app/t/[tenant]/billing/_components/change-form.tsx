"use client";

import { Button } from "@mantine/core";
import { useState } from "react";
import { ActionForm } from "@/app/_shared/form/action-form";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { Panel } from "@/app/_shared/page";
import { dollars } from "@/app/_shared/pricing/dollars";
import { RefusalNotice } from "@/app/_shared/refusal-notice";
import { useTRPCClient } from "@/app/_trpc/client";
import { useAction } from "@/app/_trpc/use-action";
import { ChangeSummary } from "./change-summary";
import { ChoiceFields, type ChoiceValues } from "./choice-fields";
import type { Offer } from "./offers";
import type { ChangePreview } from "./plan-words";

interface Props {
  offers: readonly Offer[];
  now: ChoiceValues;
  /** The Billing page. */
  back: string;
  zone: string;
}

interface Shown {
  choice: ChoiceValues;
  preview: ChangePreview;
}

const sameChoice = (one: ChoiceValues, other: ChoiceValues) =>
  one.plan === other.plan &&
  one.moreSeats === other.moreSeats &&
  [...one.addOns].sort().join() === [...other.addOns].sort().join();

/** What the order's button says: what happens, and for how much. */
function orderWords({ takesEffect, dueNowCents }: ChangePreview): string {
  if (takesEffect === "renewal") return "Change it at the renewal";
  return dueNowCents > 0 ? `Change it now for ${dollars(dueNowCents)}` : "Change it now";
}

/** Another plan, add-ons or seats: first what it would cost and bring, then the order. */
export function ChangeForm({ offers, now, back, zone }: Props) {
  const client = useTRPCClient();
  const [shown, setShown] = useState<Shown | null>(null);
  const form = useActionForm({
    initial: { ...now },
    act: (choice: ChoiceValues) => client.billing.previewChange.query(choice),
    onDone: (preview, choice) => setShown({ choice, preview }),
    onRefused: () => setShown(null),
  });
  const order = useAction(
    ({ choice, preview }: Shown) => client.billing.change.mutate({ ...choice, prorationDate: preview.prorationDate }),
    { onDone: ({ url }) => window.location.assign(url ?? back), onRefused: () => setShown(null) },
  );
  // What was shown is of what was chosen then.
  const isCurrent = shown !== null && sameChoice(shown.choice, form.values);
  return (
    <>
      <Panel title="What it is to be">
        <ActionForm form={form} act="See what changes">
          <ChoiceFields offers={offers} values={form.values} field={form.field} />
        </ActionForm>
        <RefusalNotice refusal={order.refusal} />
      </Panel>
      {isCurrent ? (
        <Panel title="What changes">
          <ChangeSummary preview={shown.preview} zone={zone} />
          <Button loading={order.isBusy || order.isDone} onClick={() => order.run(shown)}>
            {orderWords(shown.preview)}
          </Button>
        </Panel>
      ) : null}
    </>
  );
}
