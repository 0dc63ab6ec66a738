"use client";

import { MissingHere } from "@/app/_shared/missing-here";

export default function NotFound() {
  return <MissingHere what="workflow" list="workflows" back="Go to the workflows" />;
}
