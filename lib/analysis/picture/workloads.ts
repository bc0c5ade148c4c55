import { placeholder } from '../../documents/unresolved';
import { describeObject } from '../../kubernetes/objects/object-key';
import { claimTemplatesOf } from '../../kubernetes/storage/claim-templates';
import type { DrillWorkload } from '../drill/cluster/workload';
import type { Drill } from '../drill/drill';
import { isJob } from '../drill/job-outcome';
import type { PictureBox, PictureClaim, PodSlot } from './picture';
import { manifestsOf, type PictureSources } from './sources';

/**
 * The id of the box of a workload. For a Job, the id has no hash, so that the id stays the same when the template
 * changes.
 */
export function boxIdOf({ object, kind, namespace, name }: DrillWorkload): string {
  return kind === 'Job' ? `Job ${namespace}/${name}` : describeObject(object);
}

/** The boxes of the workloads. Workloads of k3s itself are left out. */
export function workloadBoxes(sources: PictureSources): PictureBox[] {
  const own = sources.drill.workloads.filter(({ isSystem }) => !isSystem);
  const spread = new Set(own.map(({ namespace }) => namespace)).size > 1;
  return own.map((workload) => {
    const { object, kind, name, namespace, replicas } = workload;
    const id = describeObject(object);
    const volumes = volumesOf(sources, workload);
    return {
      ...{ id, kind: 'workload', layer: 'connections', title: name, parts: [], objects: [id] },
      details: [spread ? `${kind} in ${namespace}` : kind],
      pods: {
        runs: kind === 'Job' ? 'once' : kind === 'CronJob' ? 'on schedule' : 'always',
        count: replicas,
        slots: sources.knowsNodes ? slotsOf(sources.drill, workload) : [],
      },
      ports: [],
      secrets: secretsOf(sources, workload),
      volumes: volumes.map((volume) => volume.title),
      claims: [
        ...workloadClaims(sources, workload),
        ...volumes.flatMap(({ claims }) => claims),
        ...secretClaims(sources, workload),
      ],
    };
  });
}

/**
 * The nodes that may run pods of a workload. The drill of the loss of a node shows the maximum number of pods on this
 * node.
 */
function slotsOf(drill: Drill, workload: DrillWorkload): PodSlot[] {
  const { replicas, admitted } = workload;
  if (isJob(workload) || replicas === 0) return [];
  const most = drill.nodeLosses.map((failure, node) => {
    if (!admitted.has(node)) return 0;
    const { ready } = drill.outcome(failure, workload);
    return ready === undefined ? replicas : replicas - ready;
  });
  const isCertain = most.reduce((sum, each) => sum + each, 0) === replicas;
  return drill.cluster.facts.nodes.flatMap(({ name: node }, index) => {
    const count = most[index] ?? 0;
    return count === 0 ? [] : [{ node, most: count, isCertain }];
  });
}

function workloadClaims({ drill }: PictureSources, workload: DrillWorkload): PictureClaim[] {
  const { object, replicas, replicasField, spread, boundClaim, spec, podPath, budgets } = workload;
  const { nodeSelector } = spec;
  return [
    {
      sentence: `${describeObject(object)} has ${replicas} ${replicas === 1 ? 'pod' : 'pods'}.`,
      evidence: { kind: 'field', ...sourced(drill, replicasField) },
    },
    ...spread.map(
      ({ kind, topologyKey, field }): PictureClaim => ({
        sentence: `${kind === 'spread' ? 'A topology spread' : 'An anti-affinity'} by ${topologyKey} separates the pods.`,
        evidence: { kind: 'field', ...sourced(drill, field) },
      }),
    ),
    ...(nodeSelector === undefined
      ? []
      : [
          {
            sentence: `The pods run on nodes with ${Object.entries(nodeSelector)
              .map(([key, value]) => `${key}=${value}`)
              .join(' and ')}.`,
            evidence: {
              kind: 'field',
              ...sourced(drill, { object, path: `${podPath}.nodeSelector` }),
            } as const,
          },
        ]),
    ...(boundClaim === undefined
      ? []
      : [
          {
            sentence: `The volume of the PersistentVolumeClaim ${boundClaim.name} is on one node.`,
            evidence: { kind: 'field', ...sourced(drill, boundClaim.field) } as const,
          },
        ]),
    ...budgets.map(
      ({ desired, field }): PictureClaim => ({
        sentence: `During a drain, at least ${desired} of the pods stay ready.`,
        evidence: { kind: 'field', ...sourced(drill, field) },
      }),
    ),
  ];
}

/** The field, with the object as it is in the manifest file. */
function sourced({ cluster }: Drill, { object, path }: { object: DrillWorkload['object']; path: string }) {
  return { object: cluster.manifests.sourceOf(object), path };
}

function secretClaims(sources: PictureSources, { object }: DrillWorkload): PictureClaim[] {
  return manifestsOf(sources)
    .references.from(object)
    .filter(({ value }) => value.kind === 'Secret')
    .map(({ path, value: { name, key } }) => ({
      sentence:
        name === placeholder
          ? 'The workload reads a Secret whose name is unresolved.'
          : `The workload reads ${describeKey(key)} of the Secret ${name}.`,
      evidence: { kind: 'field', object, path },
    }));
}

function describeKey(key: string | undefined): string {
  if (key === undefined) return 'all keys';
  return key === placeholder ? 'a key that is unresolved' : key;
}

function secretsOf(sources: PictureSources, { object }: DrillWorkload): PictureBox['secrets'] {
  const keys = new Map<string, Set<string>>();
  for (const { value } of manifestsOf(sources).references.from(object)) {
    if (value.kind !== 'Secret') continue;
    const known = keys.get(value.name) ?? new Set();
    keys.set(value.name, known.add(value.key ?? 'all keys'));
  }
  return [...keys]
    .map(([name, found]) => ({ name, keys: [...found] }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Names and sizes of the persistent volumes of a workload, with the fields that define them. */
function volumesOf(
  sources: PictureSources,
  { object }: DrillWorkload,
): readonly { readonly title: string; readonly claims: readonly PictureClaim[] }[] {
  const { references } = manifestsOf(sources);
  const templates = claimTemplatesOf(object).map(({ metadata, spec }, index) => {
    const size = spec?.resources?.requests?.['storage'];
    const facts = [size, spec?.storageClassName].filter((each) => each !== undefined).join(' on ');
    const name = metadata?.name ?? 'volume';
    return {
      title: facts === '' ? name : `${name}, ${facts}`,
      claims: [
        {
          sentence: `Each pod has its own volume ${name}${size === undefined ? '' : `, of ${size}`}.`,
          evidence: { kind: 'field', object, path: `spec.volumeClaimTemplates[${index}]` } as const,
        },
      ],
    };
  });
  const claimed = references
    .from(object)
    .filter(({ value }) => value.kind === 'PersistentVolumeClaim')
    .map(({ path, value }) => {
      const claim = references.targetOf(value);
      const { resources, storageClassName } = (claim?.['spec'] ?? {}) as PicturedClaim;
      const size = resources?.requests?.['storage'];
      const facts = [size, storageClassName].filter((each) => each !== undefined).join(' on ');
      return {
        title: facts === '' ? value.name : `${value.name}, ${facts}`,
        claims: [
          {
            sentence: `The workload mounts the volume of the PersistentVolumeClaim ${value.name}.`,
            evidence: { kind: 'field', object, path } as const,
          },
          ...(claim === undefined || size === undefined
            ? []
            : [
                {
                  sentence: `The PersistentVolumeClaim ${value.name} requests ${size}.`,
                  evidence: {
                    kind: 'field',
                    object: claim,
                    path: 'spec.resources.requests.storage',
                  } as const,
                },
              ]),
        ],
      };
    });
  return [...templates, ...claimed];
}

interface PicturedClaim {
  readonly storageClassName?: string;
  readonly resources?: { readonly requests?: Readonly<Record<string, string>> };
}
