"use client";

import { MissingHere } from "@/app/_shared/missing-here";

export default function NotFound() {
  return <MissingHere what="objective" list="slos" back="Go to the SLOs" />;
}
