import { at } from '../support/at';
import { live } from '../support/live';

interface Backend {
  readonly service: { readonly name: string; readonly port: { readonly number: number } };
}

const objects = live.documents.map(({ object }) => object);
const namesOf = (kind: string) =>
  objects
    .filter((object) => object.kind === kind)
    .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
const ingresses = objects.filter(({ kind }) => kind === 'Ingress');
const backends = ingresses.flatMap((ingress) =>
  (
    at(ingress, 'spec.rules') as { host: string; http: { paths: { path: string; backend: Backend }[] } }[]
  ).flatMap(({ host, http }) =>
    http.paths.map(({ path, backend }) => ({ route: `${host}${path}`, backend })),
  ),
);

describe('every way in', () => {
  test.each(backends)(
    '$route ends at a Service, a port of it, and pods that carry what it selects',
    ({ backend }) => {
      const service = objects.find(
        ({ kind, metadata }) => kind === 'Service' && metadata.name === backend.service.name,
      );
      const ports = at(service, 'spec.ports') as { port: number; targetPort: number }[];
      const port = ports.find((each) => each.port === backend.service.port.number);
      const selected = objects.filter(
        (object) =>
          object.kind === 'Deployment' &&
          Object.entries(at(service, 'spec.selector') as object).every(
            ([key, value]) =>
              (at(object, 'spec.template.metadata.labels') as Record<string, string>)[key] === value,
          ),
      );
      expect(selected).toHaveLength(1);
      expect(at(selected[0], 'spec.template.spec.containers.0.ports')).toContainEqual({
        containerPort: port?.targetPort,
      });
      expect(at(selected[0], 'spec.template.spec.containers.0.readinessProbe.httpGet.port')).toBe(
        port?.targetPort,
      );
    },
  );

  test('passes Middlewares that are there', () => {
    const used = ingresses.flatMap((ingress) =>
      String(ingress.metadata.annotations?.['traefik.ingress.kubernetes.io/router.middlewares']).split(','),
    );
    const there = namesOf('Middleware').map((name) => `${name.replace('/', '-')}@kubernetescrd`);
    expect(used.filter((name) => !there.includes(name))).toEqual([]);
  });

  test('passes Middlewares of which none is there for nothing', () => {
    const all = JSON.stringify(objects.filter(({ kind }) => kind !== 'Middleware'));
    const unused = namesOf('Middleware').filter((name) => !all.includes(name.split('/')[1] ?? ''));
    expect(unused).toEqual([]);
  });
});
