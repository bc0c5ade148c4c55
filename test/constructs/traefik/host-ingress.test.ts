import { HostIngress, type HostIngressProps } from '../../../lib/constructs/traefik/host-ingress';
import { at } from '../../support/at';
import { objectsOf, ofKind } from '../../support/chart';

const props: HostIngressProps = {
  hosts: ['cart.example.com'],
  service: { name: 'cart', port: 8080 },
  tlsSecret: 'cart-tls',
};
const build = (more: Partial<HostIngressProps> = {}) =>
  ofKind(
    objectsOf((chart) => new HostIngress(chart, 'cart', { ...props, ...more })),
    'Ingress',
  );

describe('HostIngress', () => {
  test('leads a host to its Service over TLS', () => {
    expect(at(build(), 'spec')).toEqual({
      ingressClassName: 'traefik',
      tls: [{ hosts: ['cart.example.com'], secretName: 'cart-tls' }],
      rules: [
        {
          host: 'cart.example.com',
          http: {
            paths: [
              {
                path: '/',
                pathType: 'Prefix',
                backend: { service: { name: 'cart', port: { number: 8080 } } },
              },
            ],
          },
        },
      ],
    });
  });

  test('works with another ingress controller, and has nothing of Traefik then', () => {
    const annotations = { 'cert-manager.io/cluster-issuer': 'letsencrypt' };
    const ingress = build({ ingressClass: 'nginx', annotations });
    expect(at(ingress, 'spec.ingressClassName')).toBe('nginx');
    expect(at(ingress, 'metadata.annotations')).toEqual(annotations);
  });

  test('adds annotations to those of Traefik', () => {
    expect(at(build({ annotations: { 'example.com/team': 'shop' } }), 'metadata.annotations')).toEqual({
      'traefik.ingress.kubernetes.io/router.entrypoints': 'websecure',
      'example.com/team': 'shop',
    });
  });

  test.each<[Partial<HostIngressProps>, string]>([
    [{ ingressClass: 'Nginx' }, 'ingressClass is "Nginx"; it must be a DNS subdomain'],
    [
      { ingressClass: 'nginx', middlewares: ['limit'] },
      'middlewares applies only to Traefik, but ingressClass is "nginx"; set the annotations of its controller instead',
    ],
    [{ hosts: [] }, 'hosts is empty; add at least one host'],
    [
      { hosts: ['*.example.com'] },
      'hosts.0 is "*.example.com", a wildcard that matches every host without its own Ingress',
    ],
    [{ hosts: ['cart'] }, 'hosts.0 is "cart"; it must be a host name such as api.example.com'],
    [{ service: { name: 'Cart', port: 8080 } }, 'service.name is "Cart"; it must be a DNS subdomain'],
    [{ service: { name: 'cart', port: 0 } }, 'service.port is 0; it must be an integer from 1 to 65535'],
    [{ tlsSecret: '' }, 'tlsSecret is ""; it must be a DNS subdomain'],
    [{ middlewares: ['a,b'] }, 'middlewares.0 is "a,b"; it must be a DNS subdomain'],
    [{ path: 'cart' }, 'path is "cart"; it must be a path that begins with "/"'],
    [{ name: 'Cart' }, 'name is "Cart"; it must be a DNS subdomain'],
  ])('refuses %j', (more, message) => {
    expect(() => build(more)).toThrow(`shop/cart.${message}`);
  });
});
