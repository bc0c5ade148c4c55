import type { Path } from '../../input/source';
import type { Deployment } from '../config/schema/schema';
import { listUnresolved, type UnresolvedValue } from './unresolved-value';

/** An unresolved value that Terraform asks for. */
export interface AskedValue extends UnresolvedValue {
  /** The variable's name. */
  readonly variable: string;
}

/**
 * The parts of a deployment that only Terraform reads. An unresolved value there is a variable without a
 * default, so that Terraform makes no plan before it has a value.
 */
export function askedValues({ nodes, access, hetzner, adopt, edge }: Deployment): AskedValue[] {
  const { networks, authorizedKeys } = access;
  const makesServers = Object.keys(nodes).some((name) => adopt?.servers?.[name] === undefined);
  return [
    ...(hetzner === undefined ? [] : listUnresolved(networks, ['access', 'networks'])),
    ...(hetzner !== undefined && makesServers
      ? listUnresolved(authorizedKeys, ['access', 'authorizedKeys'])
      : []),
    ...listUnresolved(hetzner, ['hetzner']),
    ...listUnresolved(edge?.cloudflare, ['edge', 'cloudflare']),
    ...listUnresolved(adopt, ['adopt']),
  ].map((value) => ({ ...value, variable: terraformVariableName(value.place) }));
}

/** The variable's name is its path in the configuration: `adopt_primary_ips_hetzner1`. */
export function terraformVariableName(place: Path): string {
  return place
    .map((step) => String(step).replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))
    .join('_')
    .replace(/[^a-z0-9_]/g, '_');
}
