import type { Synthesis } from '../../lib/cli/synthesize';
import type { TerraformBlock, TerraformConfiguration } from '../../lib/documents/terraform';

/** Terraform's side of a synthesis. */
export function configurationOf({ terraform }: Synthesis): TerraformConfiguration {
  const [document] = terraform;
  if (document === undefined) throw new Error('there is no Terraform side');
  return document.configuration;
}

/** One resource; the test fails when there is none. */
export function resource(synthesis: Synthesis, type: string, name: string): TerraformBlock {
  const found = configurationOf(synthesis).resource[type]?.[name];
  if (found === undefined) throw new Error(`no ${type}.${name}`);
  return found;
}

/** All addresses, such as `hcloud_server.hetzner1`. */
export function addresses({ resource: all }: TerraformConfiguration): string[] {
  return Object.entries(all).flatMap(([type, bodies]) =>
    Object.keys(bodies).map((name) => `${type}.${name}`),
  );
}
