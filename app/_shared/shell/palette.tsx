"use client";

import { useMantineColorScheme } from "@mantine/core";
import { openSpotlight, Spotlight, type SpotlightActionGroupData } from "@mantine/spotlight";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { plainClient } from "@/app/_trpc/plain-client";
import { guideHref } from "@/server/guides/domain/document";
import { placeHref, PLACES } from "./places";

interface Props {
  /** How often it was asked for: each time it opens. */
  opened: number;
  tenant: string;
  tenants: readonly { slug: string; name: string }[];
  onHelp: () => void;
}

/** The workflows changed last, asked for anew each time the palette opens; none when they cannot be had. */
function useWorkflows(tenant: string, opened: number) {
  const [workflows, setWorkflows] = useState<readonly { slug: string; name: string }[]>([]);
  useEffect(() => {
    let isCurrent = true;
    plainClient(tenant)
      .workflows.list.query({ limit: 100 })
      .then((page) => {
        if (isCurrent) setWorkflows(page.rows);
      })
      .catch(() => undefined);
    return () => {
      isCurrent = false;
    };
  }, [tenant, opened]);
  return workflows;
}

interface GuideTitle {
  slug: string;
  title: string;
  headings: string[];
}

/** What there is to read, once for each page load; nothing when it cannot be had. */
function useGuides(): readonly GuideTitle[] {
  const [guides, setGuides] = useState<readonly GuideTitle[]>([]);
  useEffect(() => {
    let isCurrent = true;
    fetch("/docs/titles")
      .then((answer) => (answer.ok ? (answer.json() as Promise<GuideTitle[]>) : []))
      .then((titles) => {
        if (isCurrent) setGuides(titles);
      })
      .catch(() => undefined);
    return () => {
      isCurrent = false;
    };
  }, []);
  return guides;
}

/** The command palette: every page, every workflow, every guide, every tenant, every action that has a page. */
export function Palette({ opened, tenant, tenants, onHelp }: Props) {
  const router = useRouter();
  const { setColorScheme } = useMantineColorScheme();
  const workflows = useWorkflows(tenant, opened);
  const guides = useGuides();
  const [query, setQuery] = useState("");
  useEffect(() => openSpotlight(), [opened]);

  const go = (href: string) => () => router.push(href);
  const here = (slug: string) => placeHref(tenant, slug);
  const actions: SpotlightActionGroupData[] = [
    {
      group: "Go to",
      actions: PLACES.map(({ slug, name, key }) => ({
        id: slug,
        label: name,
        description: `g then ${key}`,
        onClick: go(here(slug)),
      })),
    },
    {
      group: "Do",
      actions: [
        { id: "new-workflow", label: "Write a workflow", onClick: go(here("workflows/new")) },
        { id: "invite", label: "Invite a member", onClick: go(`${here("members")}?invite=1`) },
        { id: "pause-tenant", label: "Pause this tenant", onClick: go(`${here("switchboard")}?hold=pause`) },
        { id: "kill-tenant", label: "Kill everything of this tenant", onClick: go(`${here("switchboard")}?hold=kill`) },
        { id: "account", label: "Profile and sessions", onClick: go("/account") },
        { id: "keys", label: "Show keys", onClick: onHelp },
        { id: "light", label: "Light colours", onClick: () => setColorScheme("light") },
        { id: "dark", label: "Dark colours", onClick: () => setColorScheme("dark") },
      ],
    },
    {
      group: "Workflows",
      actions: workflows.map(({ slug, name }) => ({
        id: `workflow-${slug}`,
        label: name,
        description: slug,
        onClick: go(here(`workflows/${slug}`)),
      })),
    },
    {
      group: "Guides",
      actions: [
        ...guides.map(({ slug, title, headings }) => ({
          ...{ id: `guide-${slug}`, label: title, description: slug, keywords: headings },
          onClick: go(guideHref(slug)),
        })),
        ...(query.trim() === ""
          ? []
          : [
              {
                ...{ id: "search-guides", label: `Search the guides for “${query.trim()}”`, keywords: query },
                onClick: go(`/docs?text=${encodeURIComponent(query.trim())}`),
              },
            ]),
      ],
    },
    {
      group: "Tenants",
      actions: tenants.map(({ slug, name }) => ({
        id: `tenant-${slug}`,
        label: name,
        onClick: go(placeHref(slug, "switchboard")),
      })),
    },
  ];
  return (
    <Spotlight
      actions={actions}
      query={query}
      onQueryChange={setQuery}
      limit={30}
      nothingFound="Nothing of that name"
      searchProps={{ placeholder: "Search pages, workflows, guides and commands", "aria-label": "Search" }}
      overlayProps={{ backgroundOpacity: 0.4, blur: 0 }}
      shortcut={null}
      scrollable
      maxHeight={420}
    />
  );
}
