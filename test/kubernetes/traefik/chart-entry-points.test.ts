import { chartTraefik } from '../../../lib/kubernetes/traefik/chart-entry-points';

function entryPoints(valuesContent: string) {
  const metadata = { name: 'traefik', namespace: 'kube-system' };
  const object = {
    apiVersion: 'helm.cattle.io/v1',
    kind: 'HelmChartConfig',
    metadata,
    spec: { valuesContent },
  };
  const { entryPoints: found, defaultNames, isOnHostNetwork } = chartTraefik(object);
  const texts = found.map(({ name, port, isTls }) => `${name} ${port}${isTls ? ' TLS' : ''}`);
  return { texts, defaultNames, isOnHostNetwork };
}

describe("Traefik's entry points", () => {
  test('are the ones that k3s publishes on the nodes', () => {
    expect(entryPoints('{}')).toEqual({
      texts: ['web 80', 'websecure 443 TLS'],
      defaultNames: ['web', 'websecure'],
      isOnHostNetwork: false,
    });
  });

  test('have other ports by the values', () => {
    const values =
      'ports: { web: { exposedPort: 8080 }, websecure: { hostPort: 8443 }, extra: { port: 9000, expose: { default: true }, exposedPort: 9000 } }';
    expect(entryPoints(values).texts).toEqual(['web 8080', 'websecure 8443 TLS', 'extra 9000']);
  });

  test('listen on their own ports on the host network', () => {
    const values =
      'hostNetwork: true\nports: { web: null, websecure: { port: 443, asDefault: true }, metrics: { port: 9101 }, traefik: { port: 8080, hostIP: 127.0.0.1 } }';
    expect(entryPoints(values)).toEqual({
      texts: ['websecure 443 TLS', 'metrics 9101'],
      defaultNames: ['websecure'],
      isOnHostNetwork: true,
    });
  });

  test('are not on the nodes without a Service', () => {
    expect(entryPoints('service: { enabled: false }').texts).toEqual([]);
  });
});
