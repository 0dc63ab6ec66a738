"use client";

import { Modal } from "@mantine/core";
import { PLACES } from "./places";

const KEYS: readonly (readonly [string, string])[] = [
  ["⌘K or Ctrl K", "Search and commands"],
  ["?", "This list"],
  ...PLACES.map(({ key, name }) => [`g then ${key}`, name] as const),
  ["Esc", "Close what is open"],
];

/** Every key that works on every page. */
export function KeyHelp({ onClose }: { onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title="Keys" closeButtonProps={{ "aria-label": "Close" }}>
      <dl style={{ display: "grid", gridTemplateColumns: "auto 1fr", gap: "8px 20px", margin: 0 }}>
        {KEYS.map(([keys, what]) => (
          <div key={keys} style={{ display: "contents" }}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd style={{ margin: 0 }}>{what}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
