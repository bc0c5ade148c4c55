import type { EngineAnswer, EngineCase } from './engine-case';

const job = (spec = '') => `
apiVersion: batch/v1
kind: Job
metadata: { name: j, namespace: shop }
spec:
  ${spec}
  template:
    metadata: { labels: { app: j } }
    spec: { restartPolicy: Never, containers: [{ name: a, image: x }] }
`;
const cronJob = (spec = '') => `
apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly, namespace: shop }
spec:
  schedule: 0 3 * * *
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      ${spec}
      template:
        metadata: { labels: { app: nightly } }
        spec: { restartPolicy: Never, containers: [{ name: a, image: x }] }
`;
const statefulSet = `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: shop }
spec:
  serviceName: db
  replicas: 2
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec: { containers: [{ name: a, image: x, ports: [{ containerPort: 5432 }] }] }
`;
const daemonSet = (pod = '') => `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent, namespace: shop }
spec:
  selector: { matchLabels: { app: agent } }
  template:
    metadata: { labels: { app: agent } }
    spec: { ${pod} containers: [{ name: a, image: x, resources: { requests: { cpu: 3, memory: 1Gi } } }] }
`;
const deployment = (
  resources: string,
  { replicas = 2, pod = '', strategy = 'maxSurge: 1, maxUnavailable: 0' } = {},
) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec:
  replicas: ${replicas}
  strategy: { rollingUpdate: { ${strategy} } }
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }
    spec:
      ${pod}
      containers: [{ name: a, image: x, resources: { ${resources} } }]
`;
const replicationController = `
apiVersion: v1
kind: ReplicationController
metadata: { name: old, namespace: shop }
spec:
  selector: { app: old }
  template:
    metadata: { labels: { app: old } }
    spec:
      containers: [{ name: a, image: x, env: [{ name: C, valueFrom: { configMapKeyRef: { name: conf, key: c } } }] }]
`;
const configMap = (data: string) => `
apiVersion: v1
kind: ConfigMap
metadata: { name: conf, namespace: shop }
data: { ${data} }
`;
const documents = (...texts: string[]) => texts.join('\n---\n');
const namespace = `
apiVersion: v1
kind: Namespace
metadata: { name: shop }
`;
const policy = (label: string) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: p, namespace: shop }
spec: { podSelector: { matchLabels: { ${label} } }, policyTypes: [Ingress, Egress] }
`;
const service = (label: string) => `
apiVersion: v1
kind: Service
metadata: { name: s, namespace: shop }
spec: { selector: { ${label} }, ports: [{ port: 5432 }] }
`;
const quota = (hard: string, scope = '') => `
apiVersion: v1
kind: ResourceQuota
metadata: { name: q, namespace: shop }
spec: { hard: { ${hard} } ${scope} }
`;
const limitRange = (item: string) => `
apiVersion: v1
kind: LimitRange
metadata: { name: l, namespace: shop }
spec: { limits: [{ type: Container, ${item} }] }
`;
const autoscaler = `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: api, namespace: shop }
spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: api }, minReplicas: 2, maxReplicas: 6 }
`;

const noLabels = {
  irrelevant: 'a drill reads no NetworkPolicy, and of Services only those behind Ingresses',
};
const noPolicy = { irrelevant: 'requests and nodes decide nothing about connections' };
const noCapacity = { irrelevant: 'impact reads no nodes' };
const policySelects: EngineAnswer = { never: ['dangling-networkpolicy', 'non-isolated-pod'] };
const policySelectsNone: EngineAnswer = { says: ['dangling-networkpolicy'] };

/** A quota that pods exceed: impact says so where the quota shrinks below what runs. */
function quotaCase(
  fact: string,
  hard: string,
  enough: string,
  needed: string,
  pods: string,
  refused: EngineCase['answers']['drill'] = { says: ['is too small for the new pods'] },
): EngineCase {
  return {
    fact,
    before: documents(pods, quota(enough)),
    manifests: documents(pods, quota(hard)),
    answers: {
      rules: { says: [`exceeded-quota ResourceQuota shop/q`, `at least ${needed}`] },
      flows: noPolicy,
      drill: refused,
      impact: { says: ['cut off ResourceQuota shop/q'] },
    },
  };
}

const ofJobs = { irrelevant: 'a run that is cut off is begun again: a drill guarantees nothing of it' };

/** Workloads, the labels that controllers add, requests, nodes, capacity and placement. */
export const workloadCases: readonly EngineCase[] = [
  {
    fact: 'A ReplicationController makes pods, whose ConfigMaps and Secrets it reads',
    before: documents(replicationController, configMap('c: "1"')),
    manifests: documents(replicationController, configMap('d: "1"')),
    answers: {
      rules: {
        says: [
          'non-isolated-pod ReplicationController shop/old',
          'unused-configmap-keys ConfigMap shop/conf',
        ],
        never: ['missing-schema'],
      },
      flows: { says: ['any pod of shop'] },
      drill: { says: ['but the manifest of that ConfigMap has no such key'] },
      impact: { says: ['fails ConfigMap shop/conf', 'ReplicationController shop/old reads it'] },
    },
  },
  {
    fact: 'A policy selects pods by the labels of their template.',
    before: job(),
    manifests: documents(job(), policy('app: j')),
    answers: {
      rules: policySelects,
      flows: { never: ['j -> '] },
      drill: noLabels,
      impact: { says: ['cut off j -> '] },
    },
  },
  {
    fact: "A policy may select a Job's pods by the name of the Job.",
    before: job(),
    manifests: documents(job(), policy('job-name: j')),
    answers: {
      rules: policySelects,
      flows: { never: ['j -> '] },
      drill: noLabels,
      impact: { says: ['cut off j -> '] },
    },
  },
  {
    fact: "A policy may select a Job's pods by the prefixed name of the Job.",
    before: job(),
    manifests: documents(job(), policy('batch.kubernetes.io/job-name: j')),
    answers: {
      rules: policySelects,
      flows: { never: ['j -> '] },
      drill: noLabels,
      impact: { says: ['cut off j -> '] },
    },
  },
  {
    fact: 'A Job with a selector of its own gets no labels.',
    before: job('manualSelector: true'),
    manifests: documents(job('manualSelector: true'), policy('job-name: j')),
    answers: {
      rules: policySelectsNone,
      flows: { says: ['j and any other pod of shop -> '] },
      drill: noLabels,
      impact: { never: ['cut off j -> '] },
    },
  },
  {
    fact: "The name of a CronJob's Jobs begins with its own.",
    manifests: documents(cronJob(), policy('job-name: nightly-29000000')),
    answers: {
      rules: { never: ['dangling-networkpolicy'] },
      flows: { says: ['nightly and any other pod of shop -> '] },
      drill: noLabels,
      impact: { irrelevant: 'nothing changes' },
    },
  },
  {
    fact: 'A Job of another name is none of a CronJob.',
    manifests: documents(cronJob(), policy('job-name: weekly')),
    answers: {
      rules: policySelectsNone,
      flows: { says: ['nightly and any other pod of shop -> '] },
      drill: noLabels,
      impact: { irrelevant: 'nothing changes' },
    },
  },
  {
    fact: 'A policy may select one pod of a StatefulSet by its name, and leaves the others open.',
    before: statefulSet,
    manifests: documents(statefulSet, policy('statefulset.kubernetes.io/pod-name: db-0')),
    answers: {
      rules: { says: ['non-isolated-pod StatefulSet shop/db'], never: ['dangling-networkpolicy'] },
      flows: { says: ['db (other pods) and any other pod of shop -> '], never: ['db (db-0)'] },
      drill: noLabels,
      impact: { says: ['cut off db (db-0) -> '], never: ['cut off db -> '] },
    },
  },
  {
    fact: 'A policy that selects all ordinals of a StatefulSet isolates all of its pods.',
    before: statefulSet,
    manifests: documents(
      statefulSet,
      `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: p, namespace: shop }
spec:
  podSelector: { matchExpressions: [{ key: apps.kubernetes.io/pod-index, operator: In, values: ["0", "1"] }] }
  policyTypes: [Ingress, Egress]
`,
    ),
    answers: {
      rules: policySelects,
      flows: { never: ['db'] },
      drill: noLabels,
      impact: { says: ['cut off db (db-0), db (db-1) -> any address'] },
    },
  },
  {
    fact: 'A StatefulSet of two has no third pod.',
    manifests: documents(
      statefulSet,
      policy('statefulset.kubernetes.io/pod-name: db-2'),
      service('statefulset.kubernetes.io/pod-name: db-2'),
    ),
    answers: {
      rules: { says: ['dangling-networkpolicy', 'dangling-service'] },
      flows: { says: ['db and any other pod of shop -> '], never: ['db-2'] },
      drill: noLabels,
      impact: { irrelevant: 'nothing changes' },
    },
  },
  {
    fact: 'A Service may select one pod of a StatefulSet.',
    before: documents(statefulSet, service('app: db')),
    manifests: documents(statefulSet, service('app: db, statefulset.kubernetes.io/pod-name: db-0')),
    answers: {
      rules: { never: ['dangling-service', 'service-target-ports'] },
      flows: { irrelevant: 'policies see pods, not Services' },
      drill: noLabels,
      impact: { never: ['It reaches nothing'] },
    },
  },
  {
    fact: 'A policy may select the pods of one index of an indexed Job.',
    before: job('completionMode: Indexed\n  completions: 2'),
    manifests: documents(
      job('completionMode: Indexed\n  completions: 2'),
      policy('batch.kubernetes.io/job-completion-index: "1"'),
    ),
    answers: {
      rules: { says: ['non-isolated-pod Job shop/j'], never: ['dangling-networkpolicy'] },
      flows: { says: ['j (other pods) and any other pod of shop -> '], never: ['j (1)'] },
      drill: noLabels,
      impact: { irrelevant: 'the pods of a Job are compared by their labels' },
    },
  },
  {
    fact: 'The hash of a template is known to the cluster alone.',
    manifests: documents(deployment(''), policy('app: api, pod-template-hash: 5d89bdfbf9')),
    answers: {
      rules: { says: ['non-isolated-pod Deployment shop/api'], never: ['dangling-networkpolicy'] },
      flows: { says: ['api and any other pod of shop -> '] },
      drill: noLabels,
      impact: { irrelevant: 'nothing changes' },
    },
  },
  quotaCase(
    'A limit without a request is a request.',
    'requests.memory: 1Gi',
    'requests.memory: 20Gi',
    '3221225472',
    deployment('limits: { memory: 1Gi }'),
  ),
  quotaCase(
    'The default of a LimitRange is a request.',
    'requests.memory: 1Gi',
    'requests.memory: 20Gi',
    '3221225472',
    documents(limitRange('defaultRequest: { memory: 1Gi }'), deployment('')),
  ),
  quotaCase(
    'The maximum of a LimitRange is the limit of what states none.',
    'limits.memory: 1Gi',
    'limits.memory: 20Gi',
    '3221225472',
    documents(limitRange('max: { memory: 1Gi }'), deployment('')),
  ),
  quotaCase(
    'A Job runs as many pods as its parallelism.',
    'pods: "5"',
    'pods: "20"',
    '10',
    job('parallelism: 10\n  completions: 20'),
    ofJobs,
  ),
  quotaCase(
    'A CronJob runs as many pods as the parallelism of its Jobs.',
    'pods: "1"',
    'pods: "9"',
    '3',
    cronJob('parallelism: 3\n      completions: 3'),
    ofJobs,
  ),
  quotaCase(
    'An autoscaler may make its maximum, and a rollout one more.',
    'pods: "6"',
    'pods: "60"',
    '7',
    documents(deployment(''), autoscaler),
    { says: ['a ResourceQuota may refuse'] },
  ),
  {
    fact: 'A quota of a scope counts no other pods.',
    manifests: documents(
      deployment('requests: { memory: 1Gi }'),
      quota('pods: "1"', ', scopes: [BestEffort]'),
    ),
    answers: {
      rules: { never: ['exceeded-quota'] },
      flows: noPolicy,
      drill: { never: ['a ResourceQuota may refuse', 'has no room'] },
      impact: { irrelevant: 'nothing changes' },
    },
  },
  {
    fact: 'A DaemonSet has a pod on every node that admits it.',
    manifests: documents(daemonSet(), quota('pods: "2"')),
    answers: {
      rules: { says: ['exceeded-quota ResourceQuota shop/q', 'at least 3'] },
      flows: noPolicy,
      drill: { says: ['crash:agent agent: 0 of 3'] },
      impact: noCapacity,
    },
  },
  {
    fact: 'A DaemonSet takes room of every node.',
    manifests: documents(namespace, daemonSet(), deployment('requests: { cpu: 2 }')),
    answers: {
      rules: { says: ['node-capacity', "has pods that don't fit on the other nodes"] },
      flows: noPolicy,
      drill: { says: ['node-lost api: 0 of 2'] },
      impact: noCapacity,
    },
  },
  {
    fact: 'Pods that are pinned to a hostname share the room of one node.',
    nodes: 3,
    manifests: documents(
      namespace,
      deployment('requests: { cpu: 2 }', { replicas: 3, pod: 'nodeSelector: { kubernetes.io/hostname: a }' }),
    ),
    answers: {
      rules: { says: ['on the other nodes if node b is lost: api'] },
      flows: noPolicy,
      drill: { says: ['rollout api: 2 of 3', 'the nodes may lack capacity for the requests of the pods'] },
      impact: noCapacity,
    },
  },
  {
    fact: 'A required node affinity decides which nodes admit a pod.',
    manifests: documents(
      namespace,
      deployment('requests: { cpu: 2 }', {
        replicas: 3,
        pod: 'affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields: [{ key: metadata.name, operator: In, values: [a] }] }] } } }',
      }),
    ),
    answers: {
      rules: { says: ['on the other nodes if node b is lost: api'] },
      flows: noPolicy,
      drill: { says: ['rollout api: 2 of 3', 'the nodes may lack capacity for the requests of the pods'] },
      impact: noCapacity,
    },
  },
  {
    fact: 'A hostname that no node has admits no pod.',
    manifests: documents(
      namespace,
      deployment('requests: { cpu: 1 }', { pod: 'nodeSelector: { kubernetes.io/hostname: z }' }),
    ),
    answers: {
      rules: { says: ['schedulable-pods Deployment shop/api'] },
      flows: noPolicy,
      drill: { says: ['rollout api: 0 of 2', 'the nodeSelector requires kubernetes.io/hostname=z'] },
      impact: noCapacity,
    },
  },
  {
    fact: 'Pods fit where every node may hold its share.',
    manifests: documents(namespace, deployment('requests: { cpu: 1, memory: 1Gi }')),
    answers: {
      rules: { never: ['node-capacity', 'exceeded-quota', 'local-volume-node-affinity'] },
      flows: noPolicy,
      drill: { says: ['rollout api: 2 of 2; it ends'] },
      impact: noCapacity,
    },
  },
];
