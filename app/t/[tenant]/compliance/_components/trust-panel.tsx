import { Panel } from "@/app/_shared/page";
import { TrustSwitch } from "./trust-switch";

interface Props {
  page: { isOn: boolean; path: string };
  /** Whether this reader may publish, and withdraw. */
  mayPublish: boolean;
  mayWithdraw: boolean;
}

/** What anybody may read of the controls, and who says whether they may. */
export function TrustPanel({ page: { isOn, path }, mayPublish, mayWithdraw }: Props) {
  return (
    <Panel title="Trust page">
      <p>
        How each control stands, the ids of sealing keys and the digest of the last bundle, for everybody who knows the
        address; no reasons, no findings and no names. It is {isOn ? <a href={path}>on</a> : "off"}.
      </p>
      {(isOn ? mayWithdraw : mayPublish) ? <TrustSwitch isOn={isOn} /> : null}
    </Panel>
  );
}
