import { isDeepStrictEqual } from 'node:util';
import { isDocumentation, overlap } from '../../../documents/cidr';
import { formatPlace } from '../../../input/problem';
import { formatPath, type Path } from '../../../input/source';
import { at, type ConfigFinding } from '../findings/finding';
import type { Deployment } from '../schema/schema';
import { isUnresolved } from '../schema/unresolved';
import { type DeployedEnvironment, extendsFile } from './others';

/** A value that two environments must not share, such as a host. */
interface Claim {
  readonly value: string;
  readonly path: Path;
}

/** A kind of value that must differ between environments, and how to correct it. */
interface ClaimKind {
  readonly claims: (deployment: Deployment) => readonly Claim[];
  /** Ends the message `is <value>, as in <place>; …`. */
  readonly fix: string;
  readonly areSame?: (own: string, other: string) => boolean;
  /** Whether the kind must differ between these two environments. @default always */
  readonly applies?: (own: Deployment, other: Deployment) => boolean;
}

const claimKinds: readonly ClaimKind[] = [
  {
    claims: ({ workloads }) =>
      Object.entries(workloads).flatMap(([name, workload]) =>
        'hosts' in workload ? listed(workload.hosts ?? [], ['workloads', name, 'hosts']) : [],
      ),
    fix: 'only one environment can have the DNS records of a host; choose another host',
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
    fix: "Hetzner's firewall and network are named after the namespace, and their names must be unique in a project; choose another namespace",
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
    fix: 'a primary IP at Hetzner is named after its node; rename the node here, and remove the inherited node by setting it to null',
  },
  {
    claims: ({ nodes }) =>
      Object.entries(nodes).map(([name, { hostname }]) => ({
        value: hostname,
        path: ['nodes', name, 'hostname'],
      })),
    applies: bothMakeServers,
    fix: 'server names must be unique in a Hetzner project; choose another hostname',
  },
  {
    claims: ({ hetzner }) => {
      const network = hetzner?.privateNetwork;
      return typeof network === 'object'
        ? [{ value: network.range, path: ['hetzner', 'privateNetwork', 'range'] }]
        : [];
    },
    areSame: overlap,
    fix: 'the ranges overlap, so the two networks could never be connected; choose another range',
  },
  {
    claims: ({ workloads }) =>
      Object.entries(workloads).flatMap(([name, workload]) => {
        if (workload.kind !== 'PostgresBackup' || isUnresolved(workload.bucket.name)) return [];
        return [{ value: workload.bucket.name, path: ['workloads', name, 'bucket', 'name'] }];
      }),
    fix: 'a restore could use a dump of the other environment; choose another bucket',
  },
  {
    claims: ({ metrics, external }) => {
      const host = metrics && external?.[metrics.server]?.host;
      return metrics === undefined || host === undefined
        ? []
        : [{ value: `${metrics.cluster} at ${describeHost(host)}`, path: ['metrics', 'cluster'] }];
    },
    fix: 'the metrics server could not distinguish the series of the two environments; choose another name',
  },
  {
    claims: ({ edge }) =>
      edge?.cloudflare === undefined ? [] : [{ value: edge.zone, path: ['edge', 'zone'] }],
    fix: 'both environments would manage the settings and rulesets of the zone; set edge.cloudflare: null here, or use another zone',
  },
];

interface Collision {
  readonly path: Path;
  readonly otherPath: Path;
  readonly message: string;
}

/** Values that this environment and another one must not share. */
export interface Collisions {
  /** Each is at the value of this environment, and names the place of the other. */
  readonly findings: readonly ConfigFinding[];
  /** An environment that extends this one inherits the value: that environment must change, and its synth fails. */
  readonly warnings: readonly string[];
}

export function findCollisions(own: DeployedEnvironment, others: readonly DeployedEnvironment[]): Collisions {
  const findings: ConfigFinding[] = [];
  const warnings: string[] = [];
  for (const other of others) {
    for (const { path, otherPath, message } of collisionsOf(own, other)) {
      const isInherited = formatPlace(own.placeOf(path)) === formatPlace(other.placeOf(otherPath));
      if (!isInherited) findings.push(at(path, message));
      else if (extendsFile(other, own.file))
        warnings.push(`${other.file} needs a value of its own: ${formatPath(path)} ${message}.`);
      else
        findings.push(at(path, `${message}; ${own.file} inherits this value: set a different value there`));
    }
  }
  return { findings, warnings };
}

function collisionsOf(own: DeployedEnvironment, other: DeployedEnvironment): Collision[] {
  return [
    ...claimKinds.flatMap((kind) => claimedTwice(kind, own.deployment, other)),
    ...sharedNodeCollisions(own.deployment, other),
    ...adoptedTwice(own.deployment, other),
  ];
}

function claimedTwice(
  { claims, fix, areSame, applies }: ClaimKind,
  own: Deployment,
  other: DeployedEnvironment,
) {
  if (applies?.(own, other.deployment) === false) return [];
  const theirs = claims(other.deployment);
  return claims(own).flatMap(({ value, path }): Collision[] => {
    const same = theirs.find((each) => areSame?.(value, each.value) ?? value === each.value);
    if (same === undefined) return [];
    const message = `is ${value}, as in ${formatPlace(other.placeOf(same.path))}; ${fix}`;
    return [{ path, otherPath: same.path, message }];
  });
}

/**
 * If two environments use the same nodes, only one of them may manage the servers, and the configuration of
 * the nodes must be the same.
 */
function sharedNodeCollisions(own: Deployment, other: DeployedEnvironment): Collision[] {
  const { deployment, placeOf } = other;
  if (!sharesNodes(own, deployment)) return [];
  const twice =
    own.hetzner !== undefined && deployment.hetzner !== undefined
      ? [
          collision(
            ['hetzner'],
            `both environments have the same nodes, and ${formatPlace(placeOf(['hetzner']))} lets Terraform manage them; set hetzner: null here`,
          ),
        ]
      : [];
  const setups = (['k3s', 'access', 'cluster'] as const)
    .filter((key) => !isDeepStrictEqual(own[key], deployment[key]))
    .map((key) =>
      collision(
        [key],
        `differs from ${formatPlace(placeOf([key]))}; both environments have the same nodes, and a node has only one configuration; set the same value in both`,
      ),
    );
  return [...twice, ...setups];
}

/** Finds resources that both environments import. Each would be in two Terraform states. */
function adoptedTwice(own: Deployment, other: DeployedEnvironment): Collision[] {
  const theirs = new Map(adopted(other.deployment).map(({ path, value }) => [JSON.stringify(path), value]));
  return adopted(own)
    .filter(({ path, value }) => isDeepStrictEqual(theirs.get(JSON.stringify(path)), value))
    .map(({ path }) =>
      collision(
        path,
        `is the same as in ${formatPlace(other.placeOf(path))}, so two Terraform states would manage one resource; set it to null here`,
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

/** A server with a documentation address does not exist yet, so it is not shared. */
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

/** A collision of values at the same path. */
function collision(path: Path, message: string): Collision {
  return { path, otherPath: path, message };
}
