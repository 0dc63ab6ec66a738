"use client";

import { useState } from "react";
import { inZone } from "@/app/_shared/zone";
import { nextSlots } from "@/server/triggers/domain/schedule";
import classes from "./next-slots.module.css";

const SHOWN = 5;

interface Props {
  cron: string;
  /** The schedule's zone. */
  zone: string;
  /** The reader's. */
  readerZone: string;
}

/** When a schedule without a fault would fire next, in its own zone and in the reader's where that is another. */
export function NextSlots({ cron, zone, readerZone }: Props) {
  const [now] = useState(() => new Date());
  const zones = zone === readerZone ? [zone] : [zone, readerZone];
  return (
    <table className={classes.slots}>
      <caption>Fires next</caption>
      <thead>
        <tr>
          {zones.map((each) => (
            <th key={each} scope="col">
              {each}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {nextSlots({ cron, zone }, now, SHOWN).map((slot) => (
          <tr key={slot.getTime()}>
            {zones.map((each) => (
              <td key={each}>{inZone(slot.toISOString(), each)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
