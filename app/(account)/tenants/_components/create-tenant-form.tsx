"use client";

import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { Notice } from "@/app/_shared/notice";
import { useTRPC } from "@/app/_trpc/client";
import { refusalOf } from "@/app/_trpc/refusal";
import classes from "../../account.module.css";
import { slugFromName } from "../slug-from-name";

export function CreateTenantForm() {
  const router = useRouter();
  const trpc = useTRPC();
  const form = useForm({ initialValues: { name: "", slug: "" } });
  const create = useMutation(
    trpc.tenants.create.mutationOptions({
      onSuccess: ({ slug }) => router.push(`/t/${slug}/switchboard`),
      onError: (error) => form.setErrors(refusalOf(error).fields),
    }),
  );
  const refusal = create.error === null ? null : refusalOf(create.error);

  const rename = (name: string) => {
    const follows = form.values.slug === slugFromName(form.values.name);
    form.setValues(follows ? { name, slug: slugFromName(name) } : { name });
  };

  return (
    <>
      {refusal !== null && Object.keys(refusal.fields).length === 0 ? (
        <Notice tone="bad" title={refusal.message} />
      ) : null}
      <form className={classes.form} noValidate onSubmit={form.onSubmit((values) => create.mutate(values))}>
        <TextInput
          label="Name"
          placeholder="Acme Industries"
          {...form.getInputProps("name")}
          onChange={(event) => rename(event.currentTarget.value)}
        />
        <TextInput
          label="Address"
          placeholder="acme-industries"
          description={`/t/${form.values.slug === "" ? "…" : form.values.slug}`}
          inputWrapperOrder={["label", "input", "description", "error"]}
          {...form.getInputProps("slug")}
        />
        <Button type="submit" size="sm" loading={create.isPending || create.isSuccess}>
          Create tenant
        </Button>
      </form>
    </>
  );
}
