import { synthesize } from '../../../lib/cli/synthesize';
import { clusterNodes } from '../../../lib/deployment/config/cluster-nodes';
import type { KubernetesObject } from '../../../lib/documents/kubernetes';
import type { FailureCode } from '../../../lib/operations/deploy/failure-reason';
import { diagnosisLines } from '../../../lib/report/operations/deploy-progress';
import { withResolvedConfiguration } from '../../support/resolved';
import { CauseWatch } from './deploys/cause-watch';
import { connected, deployed, desiredOf } from './deploys/lane-deployer';
import { keepingReporter } from './deploys/reporters';
import { type KubeletLogs, serveLogs } from './nodes/kubelet-logs';
import type { PodFault } from './nodes/pod-faults';
import { workloadOf } from './nodes/recorder';
import { type Cluster, startCluster } from './servers/cluster';
import { kubectlOrThrow } from './servers/kubectl';
import { neededSecrets } from './servers/needed-secrets';

const production = withResolvedConfiguration(synthesize);
const desired = desiredOf(production);
const objects = desired.documents.map(({ object }) => object);

/** The value of every key of every Secret, and what its base64 looks like. */
const canary = 'canary-4f1d9c';

let cluster: Cluster;
let logs: KubeletLogs;
let causes: CauseWatch;

beforeAll(async () => {
  cluster = await startCluster(clusterNodes(production.model));
  logs = await serveLogs(cluster);
  causes = await CauseWatch.start(cluster.api, 'honeydue');
  const secrets = neededSecrets(objects, 'honeydue').map((secret) => ({
    ...secret,
    stringData: Object.fromEntries(Object.keys(secret['stringData'] as object).map((key) => [key, canary])),
  }));
  const namespaces = objects.filter(({ kind }) => kind === 'Namespace');
  const items = [...namespaces, ...secrets];
  await kubectlOrThrow(
    cluster,
    ['apply', '-f', '-'],
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
  );
  const { diagnoses } = await connected(cluster, (connection) => deployed(connection, desired));
  expect(diagnoses).toEqual([]);
});

afterAll(async () => {
  logs?.close();
  await cluster?.stop();
});

interface FailureOfDeploy {
  readonly code: FailureCode;
  /** What a node does with the new pods of the workload. */
  readonly fault?: PodFault;
  readonly words?: string;
  /** What is edited of the Deployment; a new variable makes new pods. */
  readonly edit?: (spec: PodTemplate) => void;
}

interface PodTemplate {
  nodeSelector?: object;
  securityContext?: object;
  containers: { env?: object[]; resources?: object; securityContext?: object }[];
}

const failures: readonly FailureOfDeploy[] = [
  { code: 'image', fault: 'image', words: `https://puller:${canary}@registry.example.com/v2/: not found` },
  { code: 'crash', fault: 'crash', words: '' },
  { code: 'memory', fault: 'memory' },
  { code: 'secret', fault: 'secret-key' },
  { code: 'probe', fault: 'startup-probe', words: `HTTP probe failed with statuscode: 500 token=${canary}` },
  { code: 'unschedulable', edit: (spec) => Object.assign(spec, { nodeSelector: { disk: 'golden' } }) },
  {
    code: 'quota',
    edit: ({ containers: [first] }) =>
      Object.assign(first ?? {}, {
        resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '500', memory: '32Mi' } },
      }),
  },
  {
    code: 'pod-security',
    edit: ({ containers: [first] }) => Object.assign(first ?? {}, { securityContext: { privileged: true } }),
  },
];

function edited(change: (spec: PodTemplate) => void) {
  return (object: KubernetesObject): KubernetesObject => {
    if (object.kind !== 'Deployment' || object.metadata.name !== 'web') return object;
    const copy = structuredClone(object) as unknown as { spec: { template: { spec: PodTemplate } } };
    change(copy.spec.template.spec);
    return copy as unknown as KubernetesObject;
  };
}

/** A failed rollout occupies the surge of the next one. */
afterEach(async () => {
  cluster.nodes.faultOf = () => undefined;
  await connected(cluster, (connection) => deployed(connection, desired));
});

describe('a deployment that fails says why within ten seconds', () => {
  test.each(failures)('$code', async ({ code, fault, words = '', edit = () => undefined }) => {
    const mark = { name: 'MARK', value: code };
    const change = edited((spec) => {
      spec.containers[0]?.env?.push(mark);
      edit(spec);
    });
    logs.lines.set(
      'web-',
      Array.from({ length: 30 }, (_, index) => `line ${index} of the log, password=${canary}`),
    );
    causes.begin(code);
    cluster.nodes.faultOf = (pod) => {
      const isNew = pod.spec.containers?.[0]?.env?.some(({ value }) => value === code) === true;
      if (fault === undefined || !isNew || workloadOf(pod) !== 'honeydue/web') return undefined;
      return [fault, words];
    };
    const reporter = keepingReporter();
    const start = Date.now();
    const { diagnoses, revision } = await connected(cluster, (connection) =>
      deployed(connection, desiredOf(production, change), {}, reporter),
    );
    cluster.nodes.faultOf = () => undefined;
    const said = reporter.said.find(({ text }) => text.startsWith('trouble Deployment honeydue/web'));
    const printed = diagnoses.flatMap(diagnosisLines).join('\n');
    expect(said?.text).toContain(` ${code}: `);
    const at = start + (said?.at ?? Number.NaN);
    expect(at - (causes.knownAt ?? Number.NaN)).toBeLessThan(10_000);
    expect(revision.state).toBe('failed');
    expect(diagnoses.map(({ object }) => object)).toEqual(['Deployment honeydue/web']);
    expect(printed + JSON.stringify([diagnoses, reporter.said])).not.toContain(canary);
    expect(JSON.stringify([diagnoses, reporter.said])).not.toContain(Buffer.from(canary).toString('base64'));
    if (['crash', 'memory', 'probe'].includes(code)) expect(diagnoses[0]?.logs).toHaveLength(20);
  });
});
