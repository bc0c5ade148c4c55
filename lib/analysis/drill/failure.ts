import type { DrillWorkload } from './cluster/workload';
import type { DrillFacts } from './facts';

/** A failure that a drill simulates. */
export type Failure = {
  /** Stable id, such as `node-lost`. Promises and scripts refer to it. */
  readonly id: string;
  /** A description for the report. */
  readonly title: string;
} & (
  | {
      readonly kind: 'node-lost' | 'node-lost-again' | 'node-lost-in-rollout' | 'node-drained';
      /** The index of the node. @default the node whose loss is the worst */
      readonly node?: number;
    }
  | { readonly kind: 'rollout' | 'bad-image' }
  | { readonly kind: 'volume-node-lost'; readonly of: DrillWorkload }
  | { readonly kind: 'zone-lost'; readonly zone: string }
  | { readonly kind: 'external'; readonly service: string }
  | { readonly kind: 'registry'; readonly host: string }
  | { readonly kind: 'edge-address' }
  | { readonly kind: 'crash'; readonly of: DrillWorkload }
);

/** The failure ids, up to their colon. */
const failureNames: readonly string[] = [
  ...['node-lost', 'node-lost-again', 'node-drained', 'rollout', 'node-lost-in-rollout', 'bad-image'],
  ...['volume-node-lost', 'zone-lost', 'edge-address', 'unreachable', 'registry', 'crash'],
];

/** Whether a string may be a failure id. */
export function isFailureId(text: string): boolean {
  return failureNames.includes(text.split(':')[0] ?? '');
}

/** The registry of an image name without a host. */
const dockerHub = 'docker.io';

/** All failures that a drill simulates, in the order of the report. */
export function failuresOf(workloads: readonly DrillWorkload[], facts: Required<DrillFacts>): Failure[] {
  const serving = workloads.filter(({ kind }) => kind !== 'Job' && kind !== 'CronJob');
  const registries = [...new Set(workloads.flatMap(registriesOf))].sort();
  const zones = [...new Set(facts.nodes.flatMap(({ zone }) => zone ?? []))].sort();
  return [
    { id: 'node-lost', kind: 'node-lost', title: 'a node is lost' },
    {
      id: 'node-lost-again',
      kind: 'node-lost-again',
      title: 'a node is lost, some time after another node was down',
    },
    { id: 'node-drained', kind: 'node-drained', title: 'a node is drained' },
    { id: 'rollout', kind: 'rollout', title: 'a rollout of the workload' },
    {
      id: 'node-lost-in-rollout',
      kind: 'node-lost-in-rollout',
      title: 'a node is lost during a rollout of the workload',
    },
    { id: 'bad-image', kind: 'bad-image', title: 'a bad image of the workload is rolled out' },
    ...serving
      .filter(({ boundClaim, admitted }) => boundClaim !== undefined && admitted.size > 0)
      .map((of): Failure => {
        const title = `the node of the volume ${of.boundClaim?.name} is lost`;
        return { id: `volume-node-lost:${of.name}`, kind: 'volume-node-lost', of, title };
      }),
    ...zones.map((zone): Failure => {
      return { id: `zone-lost:${zone}`, kind: 'zone-lost', zone, title: `all nodes of ${zone} are lost` };
    }),
    ...(facts.edgeAddresses.length === 0
      ? []
      : [
          {
            id: 'edge-address',
            kind: 'edge-address',
            title: 'a node address in DNS is unreachable',
          } as const,
        ]),
    ...facts.external.map(({ name: service }): Failure => {
      return { id: `unreachable:${service}`, kind: 'external', service, title: `${service} is unreachable` };
    }),
    ...registries.map((host): Failure => {
      return { id: `registry:${host}`, kind: 'registry', host, title: `the registry ${host} is unreachable` };
    }),
    ...serving.map((of): Failure => {
      return { id: `crash:${of.name}`, kind: 'crash', of, title: `${of.name} crashes` };
    }),
  ];
}

/** The loss of each node, in the order of the nodes. The failure `node-lost` is the worst of these. */
export function nodeLossesOf({ nodes }: Required<DrillFacts>): Failure[] {
  return nodes.map(({ name }, node) => ({
    ...{ id: `node-lost:${name}`, kind: 'node-lost', title: `${name} is lost` },
    node,
  }));
}

/** The registries of a workload's images. */
export function registriesOf({ spec, isSystem }: DrillWorkload): string[] {
  if (isSystem) return [];
  return [...(spec.initContainers ?? []), ...(spec.containers ?? [])].flatMap(({ image }) =>
    image === undefined ? [] : [registryOf(image)],
  );
}

/**
 * The registry host of an image, such as `gitea.example.com` for `gitea.example.com/team/api:1`. The first part of a
 * name is a host if it has a dot or a colon, or is localhost.
 */
function registryOf(image: string): string {
  const [first = '', ...others] = image.split('/');
  return others.length > 0 && (/[.:]/.test(first) || first === 'localhost') ? first : dockerHub;
}
