import type { EngineCase } from './engine-case';

const noFlow = 'no connection depends on it';
const noFailure = 'no failure of a node or a rollout depends on it';
const noRule = 'it lies in the difference between two outputs, which rules do not compare';

const core = (name = 'deny', namespace = ', namespace: shop') => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}${namespace} }
spec: { podSelector: {}, policyTypes: [Ingress] }
`;
const calico = `
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: { name: deny, namespace: shop }
spec: { selector: all(), types: [Ingress] }
`;
const config = (data: string, name = 'conf') => `
apiVersion: v1
kind: ConfigMap
metadata: { name: ${name}, namespace: shop }
data: { ${data} }
`;
const secret = (data: string) => `
apiVersion: v1
kind: Secret
metadata: { name: keys, namespace: shop }
stringData: { ${data} }
`;
const api = (container: string, spec = '') => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec:
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }
    spec: { containers: [{ name: api, image: x${container} }]${spec} }
`;
const mounting = (volume: string) =>
  api(', volumeMounts: [{ name: v, mountPath: /v }]', `, volumes: [{ name: v, ${volume} }]`);
const join = (...documents: string[]) => documents.join('---');

const configKey =
  'fails ConfigMap shop/conf data.c: The apply removes the key, but Deployment shop/api reads it';
const secretKey =
  'fails Secret shop/keys data.a: The apply removes the key, but Deployment shop/api reads it';

/** A case of a key that goes while pods name it. */
function lostKey(fact: string, deployment: string, kind: 'ConfigMap' | 'Secret'): EngineCase {
  const isConfig = kind === 'ConfigMap';
  const before = isConfig ? config('c: x, d: y') : secret('a: x, b: y');
  const after = isConfig ? config('d: y') : secret('b: y');
  return {
    fact,
    before: join(deployment, before),
    manifests: join(deployment, after),
    answers: {
      rules: { says: [isConfig ? 'reads c of ConfigMap conf' : 'reads a of Secret keys'] },
      flows: { irrelevant: noFlow },
      drill: { irrelevant: noFailure },
      impact: { says: [isConfig ? configKey : secretKey] },
    },
  };
}

/** Object keys and references. */
export const objectCases: readonly EngineCase[] = [
  {
    fact: 'Two objects of one kind in two groups are not the same.',
    manifests: join(core(), calico),
    answers: {
      rules: { never: ['duplicate-objects'] },
      flows: { never: ['-> any other pod of shop'] },
      drill: { irrelevant: noFailure },
      impact: { never: [' shop/deny'] },
    },
  },
  {
    fact: 'A policy of another group does not stand for a core policy that goes.',
    before: join(core(), calico),
    manifests: calico,
    answers: {
      rules: { never: ['duplicate-objects'] },
      flows: { irrelevant: 'Calico’s policies are not analysed' },
      drill: { irrelevant: noFailure },
      impact: {
        says: [
          'left behind NetworkPolicy shop/deny',
          'kubectl delete networkpolicy deny -n shop',
          'as soon as NetworkPolicy shop/deny is deleted',
        ],
        never: ['cut off'],
      },
    },
  },
  {
    fact: 'An object of a group that is not known is deleted by its kind and group.',
    before: join(
      config('c: x'),
      `
apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { template: { spec: { containers: [{ image: x }] } } }
`,
    ),
    manifests: config('c: x'),
    answers: {
      rules: { irrelevant: noRule },
      flows: { irrelevant: noFlow },
      drill: { irrelevant: noFailure },
      impact: { says: ['kubectl delete service.serving.knative.dev web -n shop'] },
    },
  },
  {
    fact: 'A Service of another group has no selector, ports or type that decide connections.',
    before: `
apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { type: ClusterIP, ports: [{ port: 80 }] }
`,
    manifests: `
apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { type: NodePort, ports: [{ port: 81 }] }
`,
    answers: {
      rules: { never: ['service-'] },
      flows: { irrelevant: noFlow },
      drill: { irrelevant: noFailure },
      impact: { says: ['restarts Service.serving.knative.dev shop/web'], never: ['exposed', 'cut off'] },
    },
  },
  {
    fact: 'The version is no part of what makes an object itself.',
    before: core(),
    manifests: core().replace('networking.k8s.io/v1', 'extensions/v1beta1'),
    answers: {
      rules: { says: ['schema-validation NetworkPolicy shop/deny apiVersion'] },
      flows: { irrelevant: 'an apiVersion that is not served is reported by the rules' },
      drill: { irrelevant: noFailure },
      impact: { never: ['left behind', 'The object is new'] },
    },
  },
  {
    fact: 'An object without a namespace is the one of the namespace default.',
    manifests: join(core('deny', ''), core('deny', ', namespace: default')),
    answers: {
      rules: { says: ['duplicate-objects'] },
      flows: { irrelevant: noFlow },
      drill: { irrelevant: noFailure },
      impact: { never: ['left behind'] },
    },
  },
  {
    fact: 'A namespace that is stated where it was left to its default makes no other object.',
    before: core('deny', ''),
    manifests: core('deny', ', namespace: default'),
    answers: {
      rules: { says: ['use-namespace'] },
      flows: { irrelevant: noFlow },
      drill: { irrelevant: noFailure },
      impact: { never: ['left behind', 'The object is new'] },
    },
  },
  {
    fact: 'A cluster-scoped object is the same whatever namespace it states.',
    manifests: join(
      `
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: { name: high }
value: 1000
`,
      `
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: { name: high, namespace: shop }
value: 1000
`,
    ),
    answers: {
      rules: { says: ['duplicate-objects'], never: ['use-namespace'] },
      flows: { irrelevant: noFlow },
      drill: { irrelevant: noFailure },
      impact: { never: ['left behind'] },
    },
  },
  lostKey(
    'A variable needs the key of its ConfigMap.',
    api(', env: [{ name: C, valueFrom: { configMapKeyRef: { name: conf, key: c } } }]'),
    'ConfigMap',
  ),
  lostKey(
    'A variable needs the key of its Secret.',
    api(', env: [{ name: A, valueFrom: { secretKeyRef: { name: keys, key: a } } }]'),
    'Secret',
  ),
  lostKey(
    'A volume needs the keys of its ConfigMap that it lists.',
    mounting('configMap: { name: conf, items: [{ key: c, path: c }] }'),
    'ConfigMap',
  ),
  lostKey(
    'A volume needs the keys of its Secret that it lists.',
    mounting('secret: { secretName: keys, items: [{ key: a, path: a }] }'),
    'Secret',
  ),
  lostKey(
    'A projected volume needs the keys of its ConfigMaps that it lists.',
    mounting('projected: { sources: [{ configMap: { name: conf, items: [{ key: c, path: c }] } }] }'),
    'ConfigMap',
  ),
  lostKey(
    'A projected volume needs the keys of its Secrets that it lists.',
    mounting('projected: { sources: [{ secret: { name: keys, items: [{ key: a, path: a }] } }] }'),
    'Secret',
  ),
  {
    fact: 'A pod does not start that reads a key which its Secret has not.',
    before: join(api(''), secret('a: x')),
    manifests: join(
      api(', env: [{ name: B, valueFrom: { secretKeyRef: { name: keys, key: b } } }]'),
      secret('a: x'),
    ),
    answers: {
      rules: { says: ['reads b of Secret keys'] },
      flows: { irrelevant: noFlow },
      drill: { irrelevant: noFailure },
      impact: { says: ['fails Deployment shop/api', 'reads the key b of Secret keys'] },
    },
  },
  {
    fact: 'A pod does not start that reads a ConfigMap which is not there.',
    before: api(''),
    manifests: api(', envFrom: [{ configMapRef: { name: conf } }]'),
    answers: {
      rules: { says: ['configmap-references Deployment shop/api'] },
      flows: { irrelevant: noFlow },
      drill: { irrelevant: noFailure },
      impact: { says: ['ConfigMap conf (kubectl describe configmap conf -n shop)'] },
    },
  },
  {
    fact: 'A pod starts without an optional key.',
    before: join(
      api(', env: [{ name: A, valueFrom: { secretKeyRef: { name: keys, key: a, optional: true } } }]'),
      secret('a: x, b: y'),
    ),
    manifests: join(
      api(', env: [{ name: A, valueFrom: { secretKeyRef: { name: keys, key: a, optional: true } } }]'),
      secret('b: y'),
    ),
    answers: {
      rules: { never: ['secret-references'] },
      flows: { irrelevant: noFlow },
      drill: { irrelevant: noFailure },
      impact: { never: ['fails', 'lost'] },
    },
  },
  {
    fact: 'A key is read of the Secret in the namespace of its pod.',
    before: join(
      api(', env: [{ name: A, valueFrom: { secretKeyRef: { name: keys, key: a } } }]'),
      secret('a: x, b: y').replace('namespace: shop', 'namespace: other'),
    ),
    manifests: join(
      api(', env: [{ name: A, valueFrom: { secretKeyRef: { name: keys, key: a } } }]'),
      secret('b: y').replace('namespace: shop', 'namespace: other'),
    ),
    answers: {
      rules: { never: ['reads a of Secret keys'] },
      flows: { irrelevant: noFlow },
      drill: { irrelevant: noFailure },
      impact: { never: ['fails', 'lost'] },
    },
  },
  {
    fact: 'A ConfigMap that a projected volume reads is still needed.',
    before: join(mounting('projected: { sources: [{ configMap: { name: conf } }] }'), config('c: x')),
    manifests: mounting('projected: { sources: [{ configMap: { name: conf } }] }'),
    answers: {
      rules: { says: ['configmap-references Deployment shop/api'] },
      flows: { irrelevant: noFlow },
      drill: { irrelevant: noFailure },
      impact: { says: ['left behind ConfigMap shop/conf', 'Deployment shop/api still needs it'] },
    },
  },
  {
    fact: 'A Secret that a projected volume reads is lost when nothing describes it.',
    before: join(mounting('projected: { sources: [{ secret: { name: keys } }] }'), secret('a: x')),
    manifests: mounting('projected: { sources: [{ secret: { name: keys } }] }'),
    answers: {
      rules: { irrelevant: 'a Secret may exist without being among the documents' },
      flows: { irrelevant: noFlow },
      drill: { irrelevant: noFailure },
      impact: { says: ['lost Secret shop/keys', 'Deployment shop/api reads it'] },
    },
  },
  {
    fact: 'A pod stays Pending without its claim.',
    before: join(
      mounting('persistentVolumeClaim: { claimName: data }'),
      `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: shop }
spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
`,
    ),
    manifests: mounting('persistentVolumeClaim: { claimName: data }'),
    answers: {
      rules: { says: ['claim-references Deployment shop/api'] },
      flows: { irrelevant: noFlow },
      drill: { says: ['not modelled Deployment shop/api: spec.template.spec.volumes[0]'] },
      impact: {
        says: ['lost PersistentVolumeClaim shop/data', 'Deployment shop/api stored data in this claim'],
      },
    },
  },
  {
    fact: 'An autoscaler scales the object of the group that it names.',
    manifests: join(
      api(''),
      `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: api, namespace: shop }
spec:
  minReplicas: 2
  maxReplicas: 4
  scaleTargetRef: { apiVersion: example.com/v1, kind: Deployment, name: api }
`,
    ),
    answers: {
      rules: {
        says: ['dangling-horizontalpodautoscaler HorizontalPodAutoscaler shop/api spec.scaleTargetRef.name'],
      },
      flows: { irrelevant: noFlow },
      drill: { says: ['rollout api: 1 of 1'] },
      impact: { never: ['fails'] },
    },
  },
];
