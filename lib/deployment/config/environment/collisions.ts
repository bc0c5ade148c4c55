import { isDeepStrictEqual } from 'node:util';
import { isDocumentation, overlap } from '../../../documents/cidr';
import { formatPlace } from '../../../input/problem';
import type { Path } from '../../../input/source';
import { at, type ConfigFinding } from '../findings/finding';
import type { Deployment } from '../schema/schema';
import { isUnresolved } from '../schema/unresolved';
import type { OtherEnvironment } from './others';

/** A value that only one of two environments can have. */
interface Claim {
  readonly value: string;
  readonly path: Path;
}

/** A kind of value that must differ between environments, and the fix if it doesn't. */
interface ClaimKind {
  readonly claims: (deployment: Deployment) => readonly Claim[];
  /** Completes `is <value>, as in <place>; …`. */
  readonly fix: string;
  readonly areSame?: (own: string, other: string) => boolean;
  /** Whether the two environments can collide at all. @default always */
  readonly applies?: (own: Deployment, other: Deployment) => boolean;
}

const claimKinds: readonly ClaimKind[] = [
  {
    claims: ({ workloads }) =>
      Object.entries(workloads).flatMap(([name, workload]) =>
        'hosts' in workload ? listed(workload.hosts ?? [], ['workloads', name, 'hosts']) : [],
      ),
    fix: 'a host can have the records of only one environment; choose another host',
  },
  {
    claims: ({ namespace }) => [{ value: namespace, path: ['namespace'] }],
    applies: sharesNodes,
    fix: 'both environments have the same nodes, so an apply of one environment would change the objects of the other; choose another namespace',
  },
  {
    claims: ({ namespace }) => [{ value: namespace, path: ['namespace'] }],
    applies: (own, other) =>
      own.hetzner !== undefined && other.hetzner !== undefined && !sharesNodes(own, other),
    fix: "Hetzner's firewall and networks have this name, which must be unique in a project; choose another namespace",
  },
  {
    claims: ({ terraform, namespace }) => {
      const { bucket } = terraform?.backblazeB2 ?? {};
      return bucket === undefined ? [] : [{ value: `${bucket}/${namespace}`, path: ['namespace'] }];
    },
    applies: (own, other) =>
      !sharesNodes(own, other) && (own.hetzner === undefined || other.hetzner === undefined),
    fix: "both environments would use the same key for Terraform's state in the bucket; choose another namespace",
  },
  {
    claims: ({ nodes }) => Object.keys(nodes).map((name) => ({ value: name, path: ['nodes', name] })),
    applies: bothMakeServers,
    fix: "a primary IP at Hetzner is named after its node; rename the node, and remove the other one's entry here with null",
  },
  {
    claims: ({ nodes }) =>
      Object.entries(nodes).map(([name, { hostname }]) => ({
        value: hostname,
        path: ['nodes', name, 'hostname'],
      })),
    applies: bothMakeServers,
    fix: "a server's name is unique in a project of Hetzner; choose another",
  },
  {
    claims: ({ hetzner }) => {
      const network = hetzner?.privateNetwork;
      return typeof network === 'object'
        ? [{ value: network.range, path: ['hetzner', 'privateNetwork', 'range'] }]
        : [];
    },
    areSame: overlap,
    fix: 'the ranges overlap, so the networks can never be connected; choose another',
  },
  {
    claims: ({ workloads }) =>
      Object.entries(workloads).flatMap(([name, workload]) => {
        if (workload.kind !== 'PostgresBackup' || isUnresolved(workload.bucket.name)) return [];
        return [{ value: workload.bucket.name, path: ['workloads', name, 'bucket', 'name'] }];
      }),
    fix: 'a restore could take the dump of the other environment; choose another bucket',
  },
  {
    claims: ({ metrics, external }) => {
      const host = metrics && external?.[metrics.server]?.host;
      return metrics === undefined || host === undefined
        ? []
        : [{ value: `${metrics.cluster} at ${describeHost(host)}`, path: ['metrics', 'cluster'] }];
    },
    fix: 'the metrics server could not tell the series apart; choose another name',
  },
  {
    claims: ({ edge }) =>
      edge?.cloudflare === undefined ? [] : [{ value: edge.zone, path: ['edge', 'zone'] }],
    fix: 'both would manage the settings and rulesets of the zone; set edge.cloudflare: null here, or use another zone',
  },
];

/**
 * Findings for values that two environments must not share: each is at the value of this environment, and
 * names the place of the other.
 */
export function collisionFindings(own: Deployment, others: readonly OtherEnvironment[]): ConfigFinding[] {
  return others.flatMap((other) => [
    ...claimKinds.flatMap((kind) => claimedTwice(kind, own, other)),
    ...sharedNodeFindings(own, other),
    ...adoptedTwice(own, other),
  ]);
}

function claimedTwice(
  { claims, fix, areSame, applies }: ClaimKind,
  own: Deployment,
  other: OtherEnvironment,
) {
  if (applies?.(own, other.deployment) === false) return [];
  const theirs = claims(other.deployment);
  return claims(own).flatMap(({ value, path }): ConfigFinding[] => {
    const same = theirs.find((each) => areSame?.(value, each.value) ?? value === each.value);
    return same === undefined
      ? []
      : [at(path, `is ${value}, as in ${formatPlace(other.placeOf(same.path))}; ${fix}`)];
  });
}

/** Two environments on the same nodes: Terraform manages a server once, and a node has one set-up. */
function sharedNodeFindings(own: Deployment, other: OtherEnvironment): ConfigFinding[] {
  const { deployment, placeOf } = other;
  if (!sharesNodes(own, deployment)) return [];
  const twice =
    own.hetzner !== undefined && deployment.hetzner !== undefined
      ? [
          at(
            ['hetzner'],
            `both environments have the same nodes, and ${formatPlace(placeOf(['hetzner']))} lets Terraform manage them; set hetzner: null here`,
          ),
        ]
      : [];
  const setups = (['k3s', 'access', 'cluster'] as const)
    .filter((key) => !isDeepStrictEqual(own[key], deployment[key]))
    .map((key) =>
      at(
        [key],
        `differs from ${formatPlace(placeOf([key]))}; both environments have the same nodes, and a node has only one configuration; set the same value in both`,
      ),
    );
  return [...twice, ...setups];
}

/** One resource would be in two Terraform states. */
function adoptedTwice(own: Deployment, other: OtherEnvironment): ConfigFinding[] {
  const theirs = new Map(adopted(other.deployment).map(({ path, value }) => [JSON.stringify(path), value]));
  return adopted(own)
    .filter(({ path, value }) => isDeepStrictEqual(theirs.get(JSON.stringify(path)), value))
    .map(({ path }) =>
      at(
        path,
        `is the same as in ${formatPlace(other.placeOf(path))}, so two states of Terraform would manage one resource; remove it here with null`,
      ),
    );
}

function adopted({ adopt = {} }: Deployment): { path: Path; value: unknown }[] {
  return Object.entries(adopt).flatMap(([key, value]) =>
    isUnresolved(value) || typeof value !== 'object'
      ? [{ path: ['adopt', key], value }]
      : Object.entries(value).map(([name, id]) => ({ path: ['adopt', key, name], value: id })),
  );
}

/** A documentation address means that the server has no address yet. */
function sharesNodes(own: Deployment, other: Deployment): boolean {
  const theirs = new Set(Object.values(other.nodes).map(({ address }) => address));
  return Object.values(own.nodes).some(({ address }) => !isDocumentation(address) && theirs.has(address));
}

function bothMakeServers(own: Deployment, other: Deployment): boolean {
  return own.hetzner !== undefined && other.hetzner !== undefined && !sharesNodes(own, other);
}

function listed(values: readonly string[], path: Path): Claim[] {
  return values.map((value, index) => ({ value, path: [...path, index] }));
}

function describeHost(host: unknown): string {
  return isUnresolved(host) ? 'an unresolved host' : String(host);
}
