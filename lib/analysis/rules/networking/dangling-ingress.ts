import type { Ingress, IngressBackend, Service } from '../../../../imports/kubernetes/kinds';
import { namespaceOf } from '../../../kubernetes/kinds';
import type { Manifests } from '../../../kubernetes/manifests';
import type { Part } from '../../../kubernetes/part';
import { objectsOf, type Parts } from '../parts';
import { rule } from '../rule';

export const danglingIngress = rule({
  id: 'dangling-ingress',
  sentence: 'Every route refers to an existing Service and one of its ports.',
  why: 'Otherwise Traefik answers 404 or 503 for the host.',
  source: 'https://docs.kubelinter.io/#/generated/checks?id=dangling-ingress',
  severity: 'high',
  fix: 'Use the name and a port of an existing Service.',
  parts: backends(),
  faults: ({ name, port, path, namespace: stated }, manifests, { object }) => {
    const namespace = stated ?? namespaceOf(object);
    const service = manifests.typed('Service', namespace, name);
    if (service === undefined)
      return [{ path: `${path}.name`, must: `be a Service of the namespace ${namespace}` }];
    if (port === undefined || port === '') {
      const known = (service.spec?.ports ?? []).flatMap((each) => each.port ?? []).join(', ');
      return [
        {
          path: `${path}.port`,
          found: 'is missing',
          must: `be a port of Service ${name}: ${known || 'the Service has none'}`,
        },
      ];
    }
    return [
      !hasPort(service, port) && {
        path,
        found: `uses port ${port}`,
        must: `use a port of Service ${name}`,
      },
    ];
  },
});

/** The Service and port that a route refers to. */
interface Backend {
  readonly name: string;
  readonly port: string | number | undefined;
  /** @default the namespace of the route */
  readonly namespace?: string | undefined;
  readonly path: string;
}

function hasPort({ spec }: Service, port: Backend['port']): boolean {
  // Traefik accepts any port number for an ExternalName Service.
  if (spec?.type === 'ExternalName' && typeof port === 'number') return true;
  return (spec?.ports ?? []).some((each) => each.port === port || each.name === port);
}

function backends(): Parts<Backend> {
  return {
    kinds: ['Ingress', 'IngressRoute'],
    of: (manifests) => [
      ...objectsOf('Ingress')
        .of(manifests)
        .flatMap(({ object, value }) =>
          ofIngress(value).map((backend) => ({ object, path: '', value: backend })),
        ),
      ...ofRoutes(manifests),
    ],
  };
}

function ofIngress({ spec: { rules = [], defaultBackend } = {} }: Ingress): Backend[] {
  const read = ({ service }: IngressBackend, path: string): Backend[] =>
    service === undefined
      ? []
      : [
          {
            name: service.name ?? '',
            port: service.port?.number ?? service.port?.name,
            path: `${path}.service`,
          },
        ];
  return [
    ...(defaultBackend === undefined ? [] : read(defaultBackend, 'spec.defaultBackend')),
    ...rules.flatMap(({ http }, index) =>
      (http?.paths ?? []).flatMap(({ backend = {} }, each) =>
        read(backend, `spec.rules[${index}].http.paths[${each}].backend`),
      ),
    ),
  ];
}

function ofRoutes(manifests: Manifests): Part<Backend>[] {
  return objectsOf('IngressRoute')
    .of(manifests)
    .flatMap(({ object, value: { spec } }) =>
      (spec?.routes ?? []).flatMap(({ services = [] }, index) =>
        services
          .map(({ name = '', namespace, port, kind = 'Service' }, each) => ({
            name,
            namespace,
            port,
            kind,
            path: `spec.routes[${index}].services[${each}]`,
          }))
          .filter(({ kind }) => kind === 'Service')
          .map((backend) => ({ object, path: '', value: backend })),
      ),
    );
}
