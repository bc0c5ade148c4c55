import type { Path } from '../../input/source';
import type { Deployment } from '../config/schema/schema';
import { listUnresolved, type UnresolvedValue } from './unresolved-value';

/** An unresolved value that Terraform reads from a variable. */
export interface AskedValue extends UnresolvedValue {
  /** The variable's name. */
  readonly variable: string;
}

/**
 * The unresolved values in those parts of a deployment that only Terraform reads. Each becomes a variable
 * without a default, so Terraform makes no plan until you set the variable.
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

/** The variable is named after the value's path in the configuration: `adopt_primary_ips_hetzner1`. */
export function terraformVariableName(place: Path): string {
  return place
    .map((step) => String(step).replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))
    .join('_')
    .replace(/[^a-z0-9_]/g, '_');
}
