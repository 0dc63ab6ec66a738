import { readYaml } from "@/policies/packs/read-yaml";
import { areaSchema } from "./schema";
import type { Control } from "@/server/compliance/domain/control";

interface AreaControls {
  version: number;
  title: string;
  controls: Control[];
}

/** Reads the controls of an area; throws PackError with the line and the path of the first fault. */
export function parseArea(text: string, file: string): AreaControls {
  const { data, refuse } = readYaml(text, file, areaSchema);
  const ids = data.controls.map(({ id }) => id);
  ids.forEach((id, place) => {
    if (ids.indexOf(id) !== place) throw refuse(["controls", place, "id"], `there is another ${id}`);
  });
  return {
    ...{ version: data.version, title: data.title },
    controls: data.controls.map(({ cadence_days: cadenceDays, evidence, owner, limits, ...rest }) => ({
      ...{ ...rest, area: data.area, owner, cadenceDays, evidenceKinds: evidence, limits: limits ?? null },
    })),
  };
}
