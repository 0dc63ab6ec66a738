"use client";

import { Notifications } from "@mantine/notifications";

/** Where short confirmations appear. */
export function Toaster() {
  return <Notifications position="bottom-right" autoClose={4_000} limit={3} />;
}
