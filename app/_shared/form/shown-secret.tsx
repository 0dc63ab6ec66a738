"use client";

import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { CopyText } from "@/app/_shared/copy-text";
import { Notice } from "@/app/_shared/notice";
import classes from "./shown-secret.module.css";

interface Props {
  secret: string;
  /** Where what is signed goes, if that is ours to say. */
  address?: string;
  /** What holding it means. */
  why: string;
  /** What it is for. */
  children: ReactNode;
  onClose: () => void;
}

/** A signing secret, the one time it is shown. */
export function ShownSecret({ secret, address, why, children, onClose }: Props) {
  return (
    <>
      <Notice tone="wait" title="Copy the signing secret now">
        It is shown this once. {why}
      </Notice>
      <dl className={classes.given}>
        <dt>Signing secret</dt>
        <dd>
          <CopyText text={secret} what="signing secret" />
        </dd>
        {address === undefined ? null : (
          <>
            <dt>Address</dt>
            <dd>
              <CopyText text={address} what="address" />
            </dd>
          </>
        )}
      </dl>
      <p>{children}</p>
      <div className={classes.acts}>
        <Button onClick={onClose}>Done</Button>
      </div>
    </>
  );
}
