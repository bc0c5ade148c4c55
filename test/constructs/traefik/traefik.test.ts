import { parse } from 'yaml';
import { TraefikConfig, type TraefikConfigProps } from '../../../lib/constructs/traefik/traefik';
import type { TraefikValues } from '../../../lib/constructs/traefik/traefik-values';
import { checkSchema } from '../../../lib/kubernetes/schema/kubernetes-schema';
import { at } from '../../support/at';
import { objectsOf, ofKind } from '../../support/chart';

const props: TraefikConfigProps = {
  k3sVersion: 'v1.34.6+k3s1',
  trustedIPs: ['173.245.48.0/20', '2400:cb00::/32'],
};
const config = (more: Partial<TraefikConfigProps> = {}) =>
  ofKind(
    objectsOf((chart) => new TraefikConfig(chart, 'traefik', { ...props, ...more })),
    'HelmChartConfig',
  );
const text = (more: Partial<TraefikConfigProps> = {}) => at(config(more), 'spec.valuesContent') as string;
const value = (path: string, more: Partial<TraefikConfigProps> = {}) => at(parse(text(more)), path);

/** Values as they come from a configuration, where no compiler looks. */
const untyped = (values: object) => ({ values: values as TraefikValues });

describe('TraefikConfig', () => {
  test("is the object that k3s looks for, whatever the chart's namespace", () => {
    expect(config().metadata).toMatchObject({ name: 'traefik', namespace: 'kube-system' });
  });

  test.each([
    ['v1.34.6+k3s1', 'abort', 'does not know retry'],
    ['v1.36.2+k3s1', 'abort', 'runs Helm 4 and does not know retry'],
    ['v1.36.3+k3s1', 'retry', 'knows it'],
    ['v1.36.99+k3s1', 'retry', 'is not known, and a known one before it does'],
  ])(
    'of %s leaves the running Traefik alone when an upgrade fails: %s, since it %s',
    (k3sVersion, policy) => {
      expect(at(config({ k3sVersion }), 'spec.failurePolicy')).toBe(policy);
    },
  );

  test('of k3s 1.37 has the access log under the name that its chart has', () => {
    const { accessLog, logs } = parse(text({ k3sVersion: 'v1.37.1+k3s1' })) as Record<string, unknown>;
    expect(logs).toBeUndefined();
    expect(accessLog).toEqual({
      enabled: true,
      format: 'json',
      fields: {
        defaultMode: 'keep',
        names: { ClientUsername: 'drop', RequestLine: 'drop', RequestPath: 'drop' },
        headers: {
          defaultMode: 'drop',
          names: { 'User-Agent': 'keep', 'Cf-Connecting-Ip': 'keep', 'Cf-Ray': 'keep' },
        },
      },
    });
  });

  test('of a patch that is not known says so', () => {
    expect(config({ k3sVersion: 'v1.36.99+k3s1' }).metadata.annotations?.['kubernetes.io/description']).toBe(
      'Values for the Traefik that k3s v1.36.99+k3s1 bundles: unknown; the nearest known release, v1.36.5+k3s1, has chart 40.1.0, Traefik 3.7.13. A change restarts Traefik on one node after another.',
    );
  });

  test('says which versions it is for, and what applying it does', () => {
    expect(config().metadata.annotations?.['kubernetes.io/description']).toBe(
      'Values for the Traefik that k3s v1.34.6+k3s1 bundles: chart 39.0.5, Traefik 3.6.10. A change restarts Traefik on one node after another.',
    );
  });

  test('complies with its own schema', () => {
    expect(checkSchema(config())).toEqual([]);
  });

  test.each<[string, string, unknown]>([
    ['runs on every node', 'deployment.kind', 'DaemonSet'],
    ["is in the nodes' own network", 'hostNetwork', true],
    ["resolves the cluster's names there", 'deployment.dnsPolicy', 'ClusterFirstWithHostNet'],
    ['ends the old pod before it starts the new one', 'updateStrategy.rollingUpdate.maxSurge', 0],
    ['is away from one node at a time', 'updateStrategy.rollingUpdate.maxUnavailable', 1],
    ['has no Service', 'service.enabled', false],
    ['publishes no Service', 'providers.kubernetesIngress.publishedService.enabled', false],
    ['keeps routes to their own namespace', 'providers.kubernetesCRD.allowCrossNamespace', false],
    ['listens on 443', 'ports.websecure.port', 443],
    ['serves there what names no entry point', 'ports.websecure.asDefault', true],
    ['ends TLS there', 'ports.websecure.http.tls.enabled', true],
    ['believes the proxy', 'ports.websecure.forwardedHeaders.trustedIPs', props.trustedIPs],
    ['answers probes on the node alone', 'ports.traefik', { hostIP: '127.0.0.1', port: 8080 }],
    ["leaves node-exporter's port to it", 'ports.metrics.port', 9101],
    ['measures by router', 'metrics.prometheus', { addRoutersLabels: true, entryPoint: 'metrics' }],
    ['logs requests as JSON', 'logs.access.format', 'json'],
    ['logs no headers', 'logs.access.fields.headers.defaultmode', 'drop'],
    ['takes no old TLS', 'tlsOptions.default.minVersion', 'VersionTLS12'],
    ['shows no certificate to who asks for no known host', 'tlsOptions.default.sniStrict', true],
    ['has no other certificate', 'tlsStore', undefined],
    ['is the last to be evicted', 'priorityClassName', 'system-node-critical'],
    ['asks for what chapter 7 says', 'resources.requests', { cpu: '100m', memory: '50Mi' }],
    ['has no limits, as chapter 7 says', 'resources.limits', undefined],
    ['is not root', 'podSecurityContext.runAsUser', 65_532],
    ['has no capabilities', 'securityContext.capabilities', { drop: ['ALL'] }],
    ['cannot write to its image', 'securityContext.readOnlyRootFilesystem', true],
  ])('%s', (_, path, expected) => {
    expect(value(path)).toEqual(expected);
  });

  test('removes the entry point on 80, which null means to Helm and an absent key does not', () => {
    expect(text()).toContain('\n  web: null\n');
  });

  test('logs three headers, none of them secret', () => {
    expect(value('logs.access.fields.headers.names')).toEqual({
      'User-Agent': 'keep',
      'Cf-Connecting-Ip': 'keep',
      'Cf-Ray': 'keep',
    });
  });

  test('takes requests in the form in which they are stored', () => {
    expect(value('resources.requests', { requests: { cpu: '1000m', memory: '1024Mi' } })).toEqual({
      cpu: '1',
      memory: '1Gi',
    });
  });

  test('takes another priority class', () => {
    expect(value('priorityClassName', { priorityClass: 'ingress' })).toBe('ingress');
  });
});

describe('more values', () => {
  test('are merged with what is set here', () => {
    const ports = value('ports.websecure', {
      values: { ports: { websecure: { http3: { enabled: true } } } },
    });
    expect(ports).toMatchObject({ port: 443, http3: { enabled: true } });
  });

  test('replace what is set here', () => {
    expect(value('ports.metrics.port', { values: { ports: { metrics: { port: 9102 } } } })).toBe(9102);
  });

  test('replace lists as a whole', () => {
    const values = { ports: { websecure: { forwardedHeaders: { trustedIPs: ['10.0.0.0/8'] } } } };
    expect(value('ports.websecure.forwardedHeaders.trustedIPs', { values })).toEqual(['10.0.0.0/8']);
  });

  test('bring back port 80, for who asks for it', () => {
    expect(value('ports.web', { values: { ports: { web: { port: 80 } } } })).toEqual({ port: 80 });
  });

  test('print alike in any order', () => {
    const one = text({ values: { image: { tag: 'v3', pullPolicy: 'Always' }, env: [] } });
    expect(text({ values: { env: [], image: { pullPolicy: 'Always', tag: 'v3' } } })).toBe(one);
  });

  test('that YAML 1.1 would misread are quoted', () => {
    expect(text({ values: { commonLabels: { answer: 'no' } } })).toContain('answer: "no"');
  });

  test('that the chart does not know are refused with their place', () => {
    expect(() => config(untyped({ ports: { web: { prot: 80 } } }))).toThrow(
      'shop/traefik.values.ports.web.prot is not a key of Traefik\'s chart 39.0.5; did you mean "port"?',
    );
  });
});

describe('refused', () => {
  test.each<[string, Partial<TraefikConfigProps>, string]>([
    [
      'a k3s whose chart is not known',
      { k3sVersion: 'v1.39.0+k3s1' },
      'k3sVersion is "v1.39.0+k3s1"; this version of the tool does not know Kubernetes 1.39. Known minor versions: 1.34, 1.35, 1.36, 1.37. Set a release of one of these; CONTRIBUTING.md, "Add a version", has the commands that add a release: imports/k3s/keep.ts',
    ],
    [
      'no proxy at all',
      { trustedIPs: [] },
      "trustedIPs is empty, so all users would count as one client, the proxy; list the proxy's ranges, for Cloudflare https://www.cloudflare.com/ips",
    ],
    [
      'an address for a range',
      { trustedIPs: ['10.0.0.0/8', '192.0.2.1'] },
      'trustedIPs.1 is "192.0.2.1", an address without a prefix; write 192.0.2.1/32',
    ],
    [
      'an IPv6 address for a range',
      { trustedIPs: ['2001:db8::1'] },
      'trustedIPs.0 is "2001:db8::1", an address without a prefix; write 2001:db8::1/128',
    ],
    [
      'everybody',
      { trustedIPs: ['0.0.0.0/0'] },
      `trustedIPs.0 is "0.0.0.0/0", so any client could forge its address; list the proxy's ranges instead`,
    ],
    [
      'a name for a range',
      { trustedIPs: ['cloudflare'] },
      'trustedIPs.0 is "cloudflare"; it must be a CIDR, such as 173.245.48.0/20',
    ],
    [
      'an amount that is none',
      { requests: { cpu: '100m', memory: '50MB' } },
      'requests.memory is "50MB"; it must be a Kubernetes quantity, such as 100m or 128Mi',
    ],
  ])('%s', (_, more, message) => {
    expect(() => config(more)).toThrow(new Error(`shop/traefik.${message}`));
  });

  test('is everything at once', () => {
    const wrong = { k3sVersion: 'v1', trustedIPs: ['x'], requests: { cpu: 'x', memory: 'y' } };
    expect(() => config(wrong)).toThrow(
      /k3sVersion.*\n.*trustedIPs\.0.*\n.*requests\.cpu.*\n.*requests\.memory/,
    );
  });
});
