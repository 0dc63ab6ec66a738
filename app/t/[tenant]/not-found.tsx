"use client";

import { MissingHere } from "@/app/_shared/missing-here";

export default function NotFound() {
  return <MissingHere what="page" list="switchboard" back="Go to the Switchboard" />;
}
