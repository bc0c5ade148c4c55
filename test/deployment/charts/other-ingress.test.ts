import { examine, synthesize } from '../../../lib/cli/synthesize';
import { at } from '../../support/at';
import { type Edit, edited, withConfiguration } from '../../support/configuration';

/** Production whose admin is reached by another controller. */
function withIngress(tls: string, ...edits: Edit[]): string {
  const controller = '{ namespace: ingress-nginx, labels: { app: nginx } }';
  return edited([
    [
      '    hosts: [admin.myhoneydue.com]\n',
      `    hosts: [admin.example.org]\n    ingress: { class: nginx, controller: ${controller}, tls: ${tls} }\n`,
    ],
    ['    admin.myhoneydue.com: *records\n', ''],
    ...edits,
  ]);
}

const issued = '{ clusterIssuer: letsencrypt }';

function find(text: string, kind: string, name: string) {
  const { documents } = withConfiguration(text, (path) => examine(path));
  return documents.find(({ object }) => object.kind === kind && object.metadata.name === name)?.object;
}

describe('an Ingress of another controller', () => {
  test('has its class, and the Secret that cert-manager makes', () => {
    const ingress = find(withIngress(issued), 'Ingress', 'admin');
    expect(at(ingress, 'spec.ingressClassName')).toBe('nginx');
    expect(at(ingress, 'spec.tls')).toEqual([{ hosts: ['admin.example.org'], secretName: 'admin-tls' }]);
    expect(ingress?.metadata.annotations).toMatchObject({ 'cert-manager.io/cluster-issuer': 'letsencrypt' });
  });

  test('is reached by the pods of the controller, and not by Traefik', () => {
    const policy = find(withIngress(issued), 'NetworkPolicy', 'allow-ingress-to-admin');
    expect(at(policy, 'spec.ingress')).toMatchObject([
      {
        from: [
          {
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' } },
            podSelector: { matchLabels: { app: 'nginx' } },
          },
        ],
      },
    ]);
  });

  test('passes every check', () => {
    expect(() => withConfiguration(withIngress(issued), synthesize)).not.toThrow();
  });

  test.each<[string, string, ...Edit[]]>([
    ['names the Secret "admin-tls", which isn\'t declared', '{ secret: admin-tls }'],
    ['which has no tls.crt and no tls.key', '{ secret: honeydue-secrets }'],
    ['has no key; it must have exactly one of secret and clusterIssuer', '{}'],
    [
      'has no effect without hosts; add hosts, or remove ingress',
      issued,
      ['    hosts: [admin.example.org]\n', ''],
    ],
    [
      'applies only to the Traefik that edge configures, but this Ingress has the class nginx',
      issued,
      [
        '    hosts: [admin.example.org]\n',
        '    hosts: [admin.example.org]\n    basicAuth: honeydue-secrets\n',
      ],
    ],
  ])('is refused: %s', (message, tls, ...edits) => {
    const text = withIngress(tls, ...edits);
    expect(() => withConfiguration(text, (path) => examine(path))).toThrow(message);
  });
});
