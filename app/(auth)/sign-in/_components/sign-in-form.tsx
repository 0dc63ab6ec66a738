"use client";

import { Button, TextInput } from "@mantine/core";
import { type SubmitEvent, useState } from "react";
import { Notice } from "@/app/_shared/notice";
import { askAuth, SignInRefused } from "@/app/_shared/sign-in-call";
import classes from "../../auth.module.css";

interface Props {
  destination: string;
  providers: readonly { id: string; label: string }[];
}

const BROKEN = "Signing in did not work just now. Try again; if it keeps failing, ask your administrator.";

export function SignInForm({ destination, providers }: Props) {
  const [email, setEmail] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState<string | null>(null);

  const ask = async (method: string, fields: Record<string, string>) => {
    setBusy(method);
    setFailure(null);
    try {
      window.location.assign(await askAuth(`signin/${method}`, { ...fields, callbackUrl: destination }));
    } catch (error) {
      setBusy(null);
      setFailure(error instanceof SignInRefused ? error.message : BROKEN);
    }
  };

  const sendLink = (event: SubmitEvent) => {
    event.preventDefault();
    // Only what a typing slip looks like: the server checks the address with the schema it keeps it by.
    const isAddress = /^[^\s@]+@[^\s@]+$/.test(email.trim());
    setProblem(isAddress ? null : "Enter an e-mail address, such as ada@example.com.");
    if (isAddress) void ask("email", { email: email.trim() });
  };

  return (
    <div className={classes.stack}>
      <p className={classes.lead}>We send you a link that signs you in. No password.</p>
      {failure === null ? null : <Notice tone="bad" title={failure} />}
      <form onSubmit={sendLink} noValidate className={classes.stack}>
        <TextInput
          label="E-mail address"
          name="email"
          type="email"
          autoComplete="email"
          value={email}
          error={problem}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <Button type="submit" size="sm" loading={busy === "email"}>
          Send me a sign-in link
        </Button>
      </form>
      {providers.length === 0 ? null : <div className={classes.or}>or</div>}
      {providers.map(({ id, label }) => (
        <Button key={id} variant="default" size="sm" loading={busy === id} onClick={() => void ask(id, {})}>
          Continue with {label}
        </Button>
      ))}
    </div>
  );
}
