import { at } from '../../support/at';
import { live } from '../../support/live';

interface Route {
  readonly name: string;
  readonly service: string;
  readonly port: number;
  readonly middlewares: readonly string[];
}

interface IngressRule {
  readonly host: string;
  readonly http: {
    readonly paths: readonly {
      path: string;
      backend: { service: { name: string; port: { number: number } } };
    }[];
  };
}

interface TraefikRoute {
  readonly match: string;
  readonly middlewares: readonly { name: string }[];
  readonly services: readonly { name: string; port: number }[];
}

const objects = live.documents.map(({ object }) => object);
const ofKind = (kind: string) => objects.filter((object) => object.kind === kind);

/** Ingresses name Middlewares with their namespace, IngressRoutes those of their own. */
const routes: Route[] = [
  ...ofKind('Ingress').flatMap(({ metadata, spec }) => {
    const named = metadata.annotations?.['traefik.ingress.kubernetes.io/router.middlewares'] ?? '';
    const middlewares = named.split(',').map((name) => name.replace(/^honeydue-(.*)@kubernetescrd$/, '$1'));
    return (at(spec, 'rules') as IngressRule[]).flatMap(({ host, http }) =>
      http.paths.map(({ path, backend: { service } }) => ({
        ...{ name: `${metadata.name} ${host}${path}`, middlewares },
        ...{ service: service.name, port: service.port.number },
      })),
    );
  }),
  ...ofKind('IngressRoute').flatMap(({ metadata, spec }) =>
    (at(spec, 'routes') as TraefikRoute[]).flatMap(({ middlewares, services }) =>
      services.map((service) => ({
        ...{ name: metadata.name, service: service.name, port: service.port },
        middlewares: middlewares.map(({ name }) => name),
      })),
    ),
  ),
];

describe('every way in', () => {
  test.each(routes)(
    '$name ends at a Service, a port of it, and pods that carry what it selects',
    ({ service, port }) => {
      const found = ofKind('Service').find(({ metadata }) => metadata.name === service);
      const ports = at(found, 'spec.ports') as { port: number; targetPort: number }[];
      const target = ports.find((each) => each.port === port)?.targetPort;
      const selector = Object.entries(at(found, 'spec.selector') as Record<string, string>);
      const selected = ofKind('Deployment').filter((deployment) => {
        const labels = at(deployment, 'spec.template.metadata.labels') as Record<string, string>;
        return selector.every(([key, value]) => labels[key] === value);
      });
      expect(selected).toHaveLength(1);
      const container = at(selected[0], 'spec.template.spec.containers.0');
      expect(at(container, 'ports')).toContainEqual({ containerPort: target });
      expect(at(container, 'readinessProbe.httpGet.port')).toBe(target);
    },
  );

  test('passes Middlewares that are there, and none is there for nothing', () => {
    const there = ofKind('Middleware').map(({ metadata }) => metadata.name);
    expect([...new Set(routes.flatMap(({ middlewares }) => middlewares))].sort()).toEqual(there.sort());
  });

  test('is served over TLS with the one certificate', () => {
    const secrets = ofKind('Ingress').map(({ spec }) => at(spec, 'tls.0.secretName'));
    expect(new Set(secrets)).toEqual(new Set(['cloudflare-origin-cert']));
  });
});
