import { join } from 'node:path';
import { toMatchFile } from 'jest-file-snapshot';
import { Drill } from '../../../lib/analysis/drill/drill';
import { guaranteesOf } from '../../../lib/analysis/drill/guarantees';
import { brokenPromises, describeField } from '../../../lib/analysis/drill/promises';
import { drillFacts } from '../../../lib/deployment/checks/drill-facts';
import type { Json, KubernetesObject } from '../../../lib/documents/kubernetes';
import { production } from '../../support/production';
import { promises } from '../../support/promises';
import { outcome } from './cluster';

expect.extend({ toMatchFile });

type Edit = (object: KubernetesObject) => Json | undefined;

interface Variant {
  readonly title: string;
  readonly kind: string;
  readonly name: string;
  /** The object's `spec`, changed. */
  readonly spec: Edit;
}

const facts = drillFacts(production.model);
const objects = production.documents.map(({ object }) => object);
const good = Drill.of(objects, facts);

/** Production's manifests with one object changed; the quota, which would follow, is left out. */
function variant({ kind, name, spec }: Variant): Drill {
  const changed = objects
    .filter((object) => object.kind !== 'ResourceQuota')
    .map((object) =>
      object.kind === kind && object.metadata.name === name ? { ...object, spec: spec(object) } : object,
    );
  return Drill.of(changed, facts);
}

type Fields = { readonly [field: string]: Json };
const fields = (value: Json | undefined): Fields => value as Fields;
const pod =
  (change: (spec: Fields) => Fields): Edit =>
  ({ spec }) => {
    const template = fields(fields(spec)['template']);
    return { ...fields(spec), template: { ...template, spec: change(fields(template['spec'])) } };
  };
const container = (change: Fields): Edit =>
  pod((spec) => {
    const [first] = spec['containers'] as readonly Fields[];
    return { ...spec, containers: [{ ...first, ...change }] };
  });
const spreadOf = (spec: Fields) => (spec['topologySpreadConstraints'] as readonly Fields[])[0] ?? {};

const own = { labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'api' } } };
const term = { ...own, topologyKey: 'kubernetes.io/hostname' };
const hardAntiAffinity = { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } };

const variants: readonly Variant[] = [
  {
    title: 'hard anti-affinity on three nodes',
    kind: 'Deployment',
    name: 'api',
    spec: pod(({ topologySpreadConstraints: _, ...spec }) => ({ ...spec, affinity: hardAntiAffinity })),
  },
  {
    title: 'a budget that blocks',
    kind: 'PodDisruptionBudget',
    name: 'api-pdb',
    spec: ({ spec }) => ({ ...fields(spec), minAvailable: 3 }),
  },
  {
    title: 'a spread that strands',
    kind: 'Deployment',
    name: 'api',
    spec: pod((spec) => {
      const { nodeTaintsPolicy: _, ...constraint } = spreadOf(spec);
      return { ...spec, topologySpreadConstraints: [constraint] };
    }),
  },
  {
    title: 'a spread that counts the pods of the template before',
    kind: 'Deployment',
    name: 'api',
    spec: pod((spec) => {
      const { matchLabelKeys: _, ...constraint } = spreadOf(spec);
      return { ...spec, topologySpreadConstraints: [constraint] };
    }),
  },
  {
    title: 'a spread that is only preferred',
    kind: 'Deployment',
    name: 'web',
    spec: pod((spec) => ({
      ...spec,
      topologySpreadConstraints: [{ ...spreadOf(spec), whenUnsatisfiable: 'ScheduleAnyway' }],
    })),
  },
  {
    title: 'requests that fit only on three nodes',
    kind: 'Deployment',
    name: 'api',
    spec: container({ resources: { requests: { cpu: '2', memory: '128Mi' }, limits: { cpu: '2' } } }),
  },
  {
    title: 'a singleton that rolls',
    kind: 'Deployment',
    name: 'worker',
    spec: ({ spec }) => ({
      ...fields(spec),
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    }),
  },
  {
    title: 'no readiness probe',
    kind: 'Deployment',
    name: 'web',
    spec: pod((spec) => {
      const [{ readinessProbe: _, ...first } = {}] = spec['containers'] as readonly Fields[];
      return { ...spec, containers: [first] };
    }),
  },
  {
    title: 'two replicas',
    kind: 'Deployment',
    name: 'web',
    spec: ({ spec }) => ({ ...fields(spec), replicas: 2 }),
  },
];

const kinds = ['node-lost', 'node-drained', 'rollout', 'bad-image'] as const;

function told(drill: Drill, name: string): string {
  const rows = kinds.map((kind) => {
    const { ready, of, running, completes, stuck, recovery } = outcome(drill, kind, name);
    const end =
      completes === undefined
        ? ''
        : completes
          ? ', ends'
          : `, may never end${stuck === undefined ? '' : ` (${stuck})`}`;
    const until = recovery.kind === 'until' ? `, until ${recovery.event} (${recovery.why ?? ''})` : '';
    return `${kind}: ${ready} of ${of} stay ready, ${running} run at most${end}${until}`;
  });
  const broken = brokenPromises(drill, promises).map(
    ({ path, field, message }) =>
      `promises[${path.join('].[')}] ${message}${field === undefined ? '' : ` (${describeField(field)})`}`,
  );
  return [...rows, ...(broken.length === 0 ? ['every promise is kept'] : broken)].join('\n');
}

describe('production', () => {
  test('keeps every promise', () => {
    expect(brokenPromises(good, promises)).toEqual([]);
  });

  test('is modelled in full', () => {
    expect(good.workloads.flatMap(({ unmodelled }) => unmodelled)).toEqual([]);
  });

  test.each([
    ['node-lost', 'api', 2],
    ['node-lost', 'web', 2],
    ['node-lost', 'redis', 0],
    ['node-lost', 'traefik', 2],
    ['node-lost', 'coredns', 0],
    ['node-lost-again', 'api', 1],
    ['node-lost-in-rollout', 'api', 1],
    ['node-drained', 'web', 2],
    ['rollout', 'api', 3],
    ['rollout', 'worker', 0],
    ['bad-image', 'admin', 1],
  ] as const)('%s leaves of %s %d', (kind, name, ready) => {
    expect(outcome(good, kind, name).ready).toBe(ready);
  });

  test('loses Redis with the node of its volume, and gets it back with the node alone', () => {
    expect(outcome(good, 'volume-node-lost', 'redis').recovery).toMatchObject({
      event: 'the node is back',
      why: 'the volume of redis-data is on that node',
    });
  });

  test('lacks the names of the cluster while CoreDNS, which k3s runs once, moves', () => {
    const [nodeLost] = good.failures;
    const played = nodeLost === undefined ? [] : good.play(nodeLost);
    expect(played.find(({ workload }) => workload === 'api')?.lacks).toEqual(['redis', 'coredns']);
  });

  test('knows by which fields two of api survive a node', () => {
    const lost = good.failures.filter(({ kind }) => kind === 'node-lost');
    const found = guaranteesOf(good, lost).find(({ sentence }) => sentence === 'api keeps 2 of 3 pods ready');
    const spread = 'spec.template.spec.topologySpreadConstraints[0]';
    expect(found?.because.map(({ path }) => path)).toEqual([
      'spec.replicas',
      spread,
      `${spread}.matchLabelKeys`,
      'spec.template.spec.containers[0].resources.requests',
    ]);
  });
});

describe('what is broken on purpose', () => {
  const all = variants.map((each) => ({ ...each, text: told(variant(each), each.name.replace('-pdb', '')) }));

  test.each(all)('breaks a promise: $title', ({ text }) => {
    expect(text).toContain('promises[');
  });

  test('is distinguished', () => {
    expect(new Set(all.map(({ text }) => text)).size).toBe(all.length);
    const parts = all.map(({ title, name, text }) => `## ${title} (${name})\n\n\`\`\`\n${text}\n\`\`\`\n`);
    const intro = `# What a drill says of manifests that are broken on purpose\n\n## none of them (api)\n\n\`\`\`\n${told(good, 'api')}\n\`\`\`\n`;
    expect([intro, ...parts].join('\n')).toMatchFile(join(__dirname, '__snapshots__', 'broken-variants.md'));
  });
});
