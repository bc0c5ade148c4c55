import type { EngineCase } from './engine-case';

interface Shape {
  readonly kind?: 'Deployment' | 'DaemonSet' | 'StatefulSet';
  /** Fields of the spec beside selector and template, as YAML in braces' inner form. */
  readonly spec?: string;
  /** The same of the pod. */
  readonly pod?: string;
  /** The same of its container. */
  readonly container?: string;
}

/** What makes pods with the label `app: web`; by default three of a Deployment. */
function workload({
  kind = 'Deployment',
  spec = 'replicas: 3',
  pod = '',
  container = '',
}: Shape = {}): string {
  return `
apiVersion: apps/v1
kind: ${kind}
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  ${spec}
  template:
    metadata: { labels: { app: web } }
    spec:
      ${pod}
      containers: [{ name: web, image: 'web:v1', resources: { requests: { cpu: 100m, memory: 64Mi } }${container} }]
`;
}

const changed = (text: string) => text.replace('web:v1', 'web:v2');
const once = 'replicas: 1\n  strategy: { type: Recreate }';
/** 30 s and a timeout of 1 s. */
const startup = 'startupProbe: { tcpSocket: { port: 80 }, periodSeconds: 5, failureThreshold: 6 }';
const started = `, ${startup}`;
const refuses = `affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: kubernetes.io/hostname, labelSelector: { matchLabels: { app: web } } }] } }`;
const noConnection = { irrelevant: 'it opens and closes no connection' } as const;
const noUpdate = { irrelevant: 'a drill plays one state, and no update of objects' } as const;
const noRule = { irrelevant: 'the API server accepts it, and it is no mistake' } as const;

const job = (spec: string, image = 'x:v1') => `
apiVersion: batch/v1
kind: Job
metadata: { name: import, namespace: shop }
spec:
  ${spec}
  template: { spec: { restartPolicy: Never, containers: [{ name: a, image: '${image}' }] } }
`;
const claim = (size: string, className = 'local-path') => `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: shop }
spec: { accessModes: [ReadWriteOnce], storageClassName: ${className}, resources: { requests: { storage: ${size} } } }
---
${workload({ spec: once, pod: 'volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }]' })}`;
const dns = (ports: string) => `
apiVersion: v1
kind: Service
metadata: { name: dns, namespace: shop }
spec: { clusterIP: None, ports: [${ports}] }
`;
const balancer = (name: string) => `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { type: LoadBalancer, loadBalancerClass: ${name}, ports: [{ port: 80 }] }
`;

/** A rolling update that no surge and a rounded share would stop. */
const still = workload({
  spec: 'replicas: 3\n  strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 25% } }',
  pod: refuses,
});
const twoStarts = workload({
  spec: once,
  pod: `initContainers: [{ name: proxy, image: 'proxy:v1', restartPolicy: Always, ${startup} }]`,
  container: started,
});
const migrates = workload({
  spec: once,
  pod: "initContainers: [{ name: migrate, image: 'web:v1' }]",
  container: started,
});
const nodes = workload({
  kind: 'DaemonSet',
  spec: 'updateStrategy: { rollingUpdate: { maxUnavailable: 25% } }',
});
const manual = workload({ kind: 'DaemonSet', spec: 'updateStrategy: { type: OnDelete }' });
const ordered = workload({ kind: 'StatefulSet', spec: 'serviceName: web\n  replicas: 3' });
const paused = workload({ spec: 'replicas: 3\n  paused: true' });

/** Rollouts, starts, immutable fields, defaults and how an apply merges lists. */
export const lifecycleCases: readonly EngineCase[] = [
  {
    fact: 'A rolling update without a surge takes one pod away, even if its share rounds down to none.',
    manifests: changed(still),
    before: still,
    answers: {
      rules: { never: ['stuck-rollout', 'rolling-update-parameters'] },
      flows: noConnection,
      drill: { says: ['rollout web: 2 of 3; it ends'] },
      impact: { says: ['3 pods, 1 at a time; at least 2 stay'] },
    },
  },
  {
    fact: 'The startup probe of a sidecar delays the main container, and adds to its start.',
    manifests: changed(twoStarts),
    before: twoStarts,
    answers: {
      rules: { never: ['init-container-probes'] },
      flows: noConnection,
      drill: { says: ['"seconds":92'] },
      impact: { says: ['up to 1 min 2 s until the new pod is ready: 1 min 32 s at worst'] },
    },
  },
  {
    fact: 'An init container ends before the others start, and no probe bounds when.',
    manifests: changed(migrates),
    before: migrates,
    answers: {
      rules: { never: ['init-container-probes'] },
      flows: noConnection,
      drill: { says: ['the run of migrate'] },
      impact: { says: ['its init containers run first, and no probe limits how long they take'] },
    },
  },
  {
    fact: 'The end of an old pod is bounded by its own grace.',
    manifests: changed(
      workload({ spec: once, pod: 'terminationGracePeriodSeconds: 60', container: started }),
    ),
    before: workload({ spec: once, pod: 'terminationGracePeriodSeconds: 10', container: started }),
    answers: {
      rules: { irrelevant: 'rules look at one pod at a time' },
      flows: noConnection,
      drill: { says: ['"seconds":91'] },
      impact: { says: ['up to 10 s until the old pod has ended'] },
    },
  },
  {
    fact: 'A grace that is not stated is 30 seconds.',
    manifests: changed(
      workload({ spec: once, container: `${started}, lifecycle: { preStop: { sleep: { seconds: 25 } } }` }),
    ),
    before: workload({
      spec: once,
      container: `${started}, lifecycle: { preStop: { sleep: { seconds: 25 } } }`,
    }),
    answers: {
      rules: { says: ['sleeps 25 s, and the grace period is 30 s'] },
      flows: noConnection,
      drill: { says: ['"seconds":61'] },
      impact: { says: ['up to 30 s until the old pod has ended'] },
    },
  },
  {
    fact: 'Recreate ends every pod before it starts a new one.',
    manifests: changed(workload({ spec: 'replicas: 3\n  strategy: { type: Recreate }' })),
    before: workload({ spec: 'replicas: 3\n  strategy: { type: Recreate }' }),
    answers: {
      rules: { says: ['no-rolling-update-strategy Deployment shop/web'] },
      flows: noConnection,
      drill: { says: ['rollout web: 0 of 3; it ends'] },
      impact: { says: ['The old pods stop before the new pods start'] },
    },
  },
  {
    fact: 'A DaemonSet rounds the share of nodes that may be without a pod up.',
    manifests: changed(nodes),
    before: nodes,
    answers: {
      rules: { never: ['rolling-update-parameters'] },
      flows: noConnection,
      drill: { says: ['rollout web: 2 of 3; it ends'] },
      impact: { says: ['On 25% of the nodes at a time'] },
    },
  },
  {
    fact: 'OnDelete replaces no pod by itself.',
    manifests: changed(manual),
    before: manual,
    answers: {
      rules: noRule,
      flows: noConnection,
      drill: { says: ['with OnDelete, pods are replaced only when they are deleted'] },
      impact: { says: ['in place DaemonSet shop/web'], never: ['restarts DaemonSet'] },
    },
  },
  {
    fact: 'A paused Deployment replaces no pod.',
    manifests: changed(paused),
    before: paused,
    answers: {
      rules: noRule,
      flows: noConnection,
      drill: { says: ['not modelled Deployment shop/web: spec.paused'] },
      impact: { says: ['The rollout is paused'], never: ['restarts Deployment'] },
    },
  },
  {
    fact: 'A StatefulSet ends each pod before it starts the new one.',
    manifests: changed(ordered),
    before: ordered,
    answers: {
      rules: noRule,
      flows: noConnection,
      drill: { says: ['rollout web: 2 of 3; it ends'] },
      impact: { says: ['3 pods, one after another: each pod stops before its replacement starts'] },
    },
  },
  {
    fact: 'A rollout may have to wait for the room of each old pod.',
    manifests: changed(workload({ container: `${started}, readinessProbe: { tcpSocket: { port: 80 } }` })),
    before: workload({ container: `${started}, readinessProbe: { tcpSocket: { port: 80 } }` }),
    answers: {
      rules: noRule,
      flows: noConnection,
      // Of three pods, each 31 s until it has started, 11 s until it is ready, and 30 s of grace.
      drill: { says: ['rollout web: 3 of 3; it ends; no downtime'] },
      impact: { says: ['The rollout takes up to 3 min 36 s.'] },
    },
  },
  {
    fact: 'A default that is written out changes nothing.',
    manifests: workload({
      spec: 'replicas: 3\n  strategy: { type: RollingUpdate, rollingUpdate: { maxSurge: 25% } }',
      pod: 'terminationGracePeriodSeconds: 30',
      container: ', imagePullPolicy: IfNotPresent, terminationMessagePolicy: File',
    }),
    before: workload(),
    answers: {
      rules: { never: ['immutable-fields'] },
      flows: noConnection,
      drill: noUpdate,
      impact: { never: ['Deployment shop/web'] },
    },
  },
  {
    fact: 'An apply can not change the selector of a Deployment.',
    manifests: workload().replace('matchLabels: { app: web }', 'matchLabels: { app: web, a: b }'),
    before: workload(),
    answers: {
      rules: { says: ['immutable-fields Deployment shop/web spec.selector'] },
      flows: noConnection,
      drill: noUpdate,
      impact: { says: ['fails Deployment shop/web spec.selector'] },
    },
  },
  {
    fact: 'An indexed Job changes its completions together with its parallelism.',
    manifests: job('completionMode: Indexed\n  completions: 3\n  parallelism: 3'),
    before: job('completionMode: Indexed\n  completions: 2\n  parallelism: 2'),
    answers: {
      rules: { never: ['immutable-fields'] },
      flows: noConnection,
      drill: noUpdate,
      impact: { never: ['fails'] },
    },
  },
  {
    fact: 'A Job keeps its template.',
    manifests: job('backoffLimit: 1', 'x:v2'),
    before: job('backoffLimit: 1'),
    answers: {
      rules: { says: ['immutable-fields Job shop/import spec.template'] },
      flows: noConnection,
      drill: noUpdate,
      impact: { says: ['fails Job shop/import spec.template'] },
    },
  },
  {
    fact: 'A claim of local-path does not grow.',
    manifests: claim('2Gi'),
    before: claim('1Gi'),
    answers: {
      rules: { says: ['immutable-fields PersistentVolumeClaim shop/data spec.resources.requests.storage'] },
      flows: noConnection,
      drill: noUpdate,
      impact: { says: ['fails PersistentVolumeClaim shop/data spec.resources.requests.storage'] },
    },
  },
  {
    fact: 'A claim that is mounted grows where its class lets it.',
    manifests: claim('2Gi', 'fast'),
    before: claim('1Gi', 'fast'),
    answers: {
      rules: { never: ['immutable-fields'] },
      flows: noConnection,
      drill: noUpdate,
      impact: { never: ['fails'] },
    },
  },
  {
    fact: 'A load balancer keeps its class.',
    manifests: balancer('a.com/b'),
    before: balancer('a.com/a'),
    answers: {
      rules: { says: ['immutable-fields Service shop/web spec.loadBalancerClass'] },
      flows: noConnection,
      drill: noUpdate,
      impact: { says: ['fails Service shop/web spec.loadBalancerClass'] },
    },
  },
  {
    fact: 'kubectl apply merges the ports of a Service by number, so that a second protocol is not added.',
    manifests: dns('{ name: tcp, port: 53 }, { name: udp, port: 53, protocol: UDP }'),
    before: dns('{ name: tcp, port: 53 }'),
    answers: {
      rules: { never: ['service-ports'] },
      flows: noConnection,
      drill: noUpdate,
      impact: { says: ['after the apply the items with port 53 are missing or wrong', 'kubectl replace'] },
    },
  },
  {
    fact: 'kubectl can not order a patch that repeats a name around another one: the apply fails.',
    manifests: workload({
      container: ", env: [{ name: E, value: '1' }, { name: F, value: '2' }, { name: E, value: '2' }]",
    }),
    before: workload({ container: ", env: [{ name: E, value: '1' }, { name: F, value: '1' }]" }),
    answers: {
      rules: { says: ['duplicate-env-var Deployment shop/web'] },
      flows: noConnection,
      drill: noUpdate,
      impact: { says: ['fails Deployment shop/web'], never: ['restarts Deployment shop/web'] },
    },
  },
  {
    fact: 'kubectl apply merges variables by name, so that a repeated one deletes every other.',
    manifests: workload({ container: ", env: [{ name: E, value: '1' }]" }),
    before: workload({ container: ", env: [{ name: E, value: '1' }, { name: E, value: '1' }]" }),
    answers: {
      rules: { never: ['duplicate-env-var'] },
      flows: noConnection,
      drill: noUpdate,
      impact: { says: ['after the apply the items with name E are missing or wrong'] },
    },
  },
];
