import { impact } from '../../../lib/analysis/impact/impact';
import type { KubernetesObject } from '../../../lib/documents/kubernetes';
import type { Output } from '../../../lib/documents/output';

const script = (version: string, unit = 'k3s.service') =>
  `#!/bin/bash\nhostname=host-a\nk3s_unit=${unit}\nk3s_version=${version}\nk3s_join=\n`;

function output(
  scripts: Readonly<Record<string, string>>,
  objects: readonly KubernetesObject[] = [],
): Output {
  return {
    objects: objects.map((object) => ({ file: 'all.yaml', object })),
    stacks: [],
    rules: [],
    texts: new Map(Object.entries(scripts).map(([node, text]) => [`nodes/${node}.sh`, text])),
  };
}

function upgrade(from: string, to: string, objects: readonly KubernetesObject[] = []) {
  const nodes = (version: string) => ({ a: script(version), b: script(version, 'k3s-agent.service') });
  return impact(output(nodes(from), objects), output(nodes(to), objects)).consequences;
}

const said = (...args: Parameters<typeof upgrade>) =>
  upgrade(...args).map(({ class: kind, object, reason }) => `${kind} ${object}: ${reason}`);

const object = (apiVersion: string, kind: string, more: object): KubernetesObject =>
  ({ apiVersion, kind, metadata: { name: 'a', namespace: 'shop' }, ...more }) as KubernetesObject;

describe('another release of k3s', () => {
  test('states the order, the bundled versions, and that a downgrade is not possible', () => {
    expect(said('v1.35.9+k3s1', 'v1.36.5+k3s1')).toContain(
      'restarts k3s: v1.35.9+k3s1 -> v1.36.5+k3s1: k3s restarts on the servers one at a time (a), then the agents (b). Pods continue to run; the API server of that node does not answer during the restart. The release also changes: Kubernetes 1.35.9 -> 1.36.5, helm-controller 0.17.7 -> 0.17.9. A downgrade is not possible: a cluster with data refuses an older k3s, and only a snapshot from before the upgrade can be restored (docs/restore.md).',
    );
  });

  test('names the command that upgrades, and not the one that leaves k3s alone', () => {
    const wayOut = upgrade('v1.35.9+k3s1', 'v1.36.5+k3s1').find(
      ({ object }) => object === 'nodes/a.sh',
    )?.wayOut;
    expect(wayOut).toBe(
      'ssh a sudo bash -s -- --restart-k3s < dist/nodes/a.sh, one node at a time; run the script with --check first',
    );
  });

  test.each([
    [
      'skips a minor version',
      'v1.34.6+k3s1',
      'v1.36.5+k3s1',
      'cannot skip a minor version of Kubernetes: 1.35 is between the two releases',
    ],
    ['goes back', 'v1.36.5+k3s1', 'v1.35.9+k3s1', 'cannot go back to an older k3s'],
  ])('that %s fails', (_, from, to, message) => {
    expect(said(from, to)).toContainEqual(expect.stringMatching(`^fails k3s: .*${message}`));
  });

  test('on one node alone leaves two minor versions in one cluster', () => {
    const before = output({ a: script('v1.35.9+k3s1'), c: script('v1.35.9+k3s1') });
    const after = output({ a: script('v1.36.5+k3s1'), c: script('v1.35.9+k3s1') });
    expect(impact(before, after).consequences.map(({ reason }) => reason)).toContainEqual(
      expect.stringMatching(/^The nodes would run v1\.36\.5\+k3s1 and v1\.35\.9\+k3s1\./),
    );
  });

  test('that is an older one of the next minor version fails', () => {
    expect(said('v1.34.12+k3s1', 'v1.35.3+k3s1')).toContain(
      "fails k3s: v1.35.3+k3s1 bundles older versions than v1.34.12+k3s1: Traefik 3.7.13 -> 3.6.10, Traefik's chart 40.1.0 -> 39.0.5, Helm 4.1.4 -> 3, helm-controller 0.17.6 -> 0.16.17. None of these programs supports a downgrade.",
    );
  });

  test('of nothing but the documents has nothing to say', () => {
    expect(said('v1.36.5+k3s1', 'v1.36.5+k3s1')).toEqual([]);
  });

  test('that is not known says the order all the same', () => {
    expect(said('v1.37.1+k3s1', 'v1.38.0+k3s1').filter((each) => !each.includes('nodes/'))).toEqual([
      expect.stringMatching(/^restarts k3s: v1\.37\.1\+k3s1 -> v1\.38\.0\+k3s1/),
    ]);
  });
});

describe('what an upgrade finds among the objects', () => {
  const pod = (spec: object) =>
    object('v1', 'Pod', { spec: { containers: [{ name: 'a', image: 'a' }], ...spec } });
  const policy = (cidr: string) =>
    object('networking.k8s.io/v1', 'NetworkPolicy', {
      spec: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr } }] }] },
    });
  const role = (verbs: string[]) =>
    object('rbac.authorization.k8s.io/v1', 'Role', {
      rules: [{ apiGroups: [''], resources: ['pods/exec'], verbs }],
    });
  const service = (spec: object) => object('v1', 'Service', { spec: { ports: [{ port: 80 }], ...spec } });
  const traefik = (valuesContent: string) => ({
    ...object('helm.cattle.io/v1', 'HelmChartConfig', { spec: { failurePolicy: 'abort', valuesContent } }),
    metadata: { name: 'traefik', namespace: 'kube-system' },
  });
  const middleware = (spec: object) => object('traefik.io/v1alpha1', 'Middleware', { spec });

  test.each<[string, string, string, KubernetesObject, string]>([
    [
      'a pod without a pull secret',
      'v1.34.12+k3s1',
      'v1.35.9+k3s1',
      pod({}),
      'Kubernetes 1.35: A pod without a pull secret',
    ],
    [
      'a role that may get exec',
      'v1.34.12+k3s1',
      'v1.35.9+k3s1',
      role(['get']),
      'Kubernetes 1.35: exec, attach',
    ],
    [
      'external IPs',
      'v1.35.9+k3s1',
      'v1.36.5+k3s1',
      service({ externalIPs: ['192.0.2.1'] }),
      'Kubernetes 1.36: spec.externalIPs',
    ],
    [
      'a gitRepo volume',
      'v1.35.9+k3s1',
      'v1.36.5+k3s1',
      pod({ volumes: [{ name: 'a', gitRepo: { repository: 'a' } }] }),
      'Kubernetes 1.36: gitRepo',
    ],
    [
      'host bits in a CIDR',
      'v1.35.9+k3s1',
      'v1.36.5+k3s1',
      policy('192.168.0.5/24'),
      'Kubernetes 1.36: The API server refuses a CIDR with host bits',
    ],
    [
      'leading zeros in a CIDR',
      'v1.35.9+k3s1',
      'v1.36.5+k3s1',
      policy('192.168.010.0/24'),
      'Kubernetes 1.36: The API server refuses a CIDR with host bits',
    ],
    [
      'PreferClose',
      'v1.36.5+k3s1',
      'v1.37.1+k3s1',
      service({ trafficDistribution: 'PreferClose' }),
      'Kubernetes 1.37: trafficDistribution',
    ],
    [
      'maxUnavailable of a StatefulSet',
      'v1.36.5+k3s1',
      'v1.37.1+k3s1',
      object('apps/v1', 'StatefulSet', {
        spec: { updateStrategy: { rollingUpdate: { maxUnavailable: 2 } } },
      }),
      'Kubernetes 1.37: maxUnavailable',
    ],
    [
      'the Gateway API',
      'v1.36.5+k3s1',
      'v1.37.1+k3s1',
      object('gateway.networking.k8s.io/v1', 'Gateway', {}),
      "Traefik's chart 41: The CustomResourceDefinitions",
    ],
    ['a chart', 'v1.34.7+k3s1', 'v1.34.9+k3s1', traefik('a: 1'), 'Helm 4: Helm 4 uses server-side apply'],
    [
      'a chart that could be tried again',
      'v1.34.9+k3s1',
      'v1.34.12+k3s1',
      traefik('a: 1'),
      'helm-controller 0.17.6: failurePolicy',
    ],
    [
      'a chain over namespaces',
      'v1.34.7+k3s1',
      'v1.34.9+k3s1',
      middleware({ chain: { middlewares: [{ name: 'b', namespace: 'c' }] } }),
      'Traefik 3.6.14: A chain',
    ],
    [
      'a middleware of prefixes',
      'v1.34.7+k3s1',
      'v1.34.9+k3s1',
      middleware({ stripPrefix: { prefixes: ['/a'] } }),
      'Traefik 3.7.3: BasicAuth',
    ],
    [
      'a value that the chart renames',
      'v1.36.5+k3s1',
      'v1.37.1+k3s1',
      traefik('logs: { access: { enabled: true } }'),
      'Chart 41.4.0 renamed values that are in use: logs.access -> accessLog.',
    ],
    [
      'a kind that is gone',
      'v1.36.5+k3s1',
      'v1.37.1+k3s1',
      object('networking.k8s.io/v1beta1', 'IPAddress', {}),
      'networking.k8s.io/v1beta1 has the kind IPAddress up to Kubernetes 1.36',
    ],
  ])('%s', (_, from, to, found, reason) => {
    expect(upgrade(from, to, [found]).map((each) => each.reason)).toContainEqual(
      expect.stringContaining(reason),
    );
  });

  test.each<[string, KubernetesObject]>([
    ['a role that may create exec', role(['get', 'create'])],
    ['a network address', policy('192.168.0.0/24')],
    ['a pod with its pull secret', pod({ imagePullSecrets: [{ name: 'a' }] })],
  ])('nothing of %s', (_, fine) => {
    const reasons = [
      ...upgrade('v1.34.12+k3s1', 'v1.35.9+k3s1', [fine]),
      ...upgrade('v1.35.9+k3s1', 'v1.36.5+k3s1', [fine]),
    ].map(({ reason }) => reason);
    expect(reasons.filter((each) => each.includes('Concerned:'))).toEqual([]);
  });
});
