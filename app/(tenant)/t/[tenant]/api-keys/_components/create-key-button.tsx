"use client";

import { Button } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";

const CreateKeyDialog = dynamic(() => import("./create-key-dialog").then((module) => module.CreateKeyDialog), {
  ssr: false,
});

export function CreateKeyButton() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>Create a key</Button>
      {isOpen ? <CreateKeyDialog onClose={() => setIsOpen(false)} /> : null}
    </>
  );
}
