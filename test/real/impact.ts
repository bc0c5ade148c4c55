import { impact } from '../../lib/analysis/impact/impact';
import type { Synthesis } from '../../lib/cli/synthesize';
import type { Output } from '../../lib/documents/output';
import type { TerraformBlock, TerraformConfiguration } from '../../lib/documents/terraform';
import { defaultTopology } from '../../lib/kubernetes/k3s-network';
import { configurationOf } from '../support/terraform';

/** The classes of what impact says of a change of one server, without what happens in place. */
export function impactOfServer(
  synthesis: Synthesis,
  name: string,
  change: (server: TerraformBlock) => TerraformBlock,
): string[] {
  const configuration = configurationOf(synthesis);
  const { hcloud_server: servers = {}, ...others } = configuration.resource;
  const changed = { ...servers, [name]: change(servers[name] ?? {}) };
  const resource = { ...others, hcloud_server: changed };
  const { consequences } = impact(
    outputOf(configuration),
    outputOf({ ...configuration, resource }),
    defaultTopology,
  );
  return consequences.map((each) => each.class).filter((each) => each !== 'in place');
}

function outputOf(configuration: TerraformConfiguration): Output {
  return { objects: [], stacks: [{ file: 'cdk.tf.json', configuration }], rules: [], texts: new Map() };
}
