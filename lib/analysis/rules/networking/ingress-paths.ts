import type { IngressBackend } from '../../../../imports/kubernetes/kinds';
import { isDnsSubdomain } from '../../../kubernetes/names';
import { objectsOf } from '../parts';
import { type Fault, rule } from '../rule';

export const ingressPaths = rule({
  id: 'ingress-paths',
  sentence: 'Every host of an Ingress is a DNS name, and every path begins with "/" and has a pathType.',
  why: 'The API server refuses the Ingress.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/ingress/#path-types',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Write a value that the message allows, such as pathType: Prefix and path: /.',
  parts: objectsOf('Ingress'),
  faults: ({ spec: { rules = [], tls = [], defaultBackend } = {} }) => [
    rules.length === 0 && defaultBackend === undefined && { path: 'spec.rules', must: 'have a rule' },
    backendFault(defaultBackend, 'spec.defaultBackend'),
    ...rules.flatMap(({ host, http }, index) => [
      host !== undefined && !isHost(host) && { path: `spec.rules[${index}].host`, must },
      http?.paths?.length === 0 && { path: `spec.rules[${index}].http.paths`, must: 'have a path' },
      ...(http?.paths ?? []).flatMap(({ path = '', pathType = '', backend }, each) => {
        const place = `spec.rules[${index}].http.paths[${each}]`;
        const needsPath = pathType !== 'ImplementationSpecific' || path !== '';
        return [
          backendFault(backend, `${place}.backend`),
          !['Exact', 'Prefix', 'ImplementationSpecific'].includes(pathType) && {
            path: `${place}.pathType`,
            must: 'be Exact, Prefix or ImplementationSpecific',
          },
          needsPath && !path.startsWith('/') && { path: `${place}.path`, must: 'begin with "/"' },
          /\/\/|\/\.\.?(\/|$)|%2f/i.test(path) &&
            pathType !== 'ImplementationSpecific' && {
              path: `${place}.path`,
              must: 'not contain "//", "/.", "/.." or "%2f"',
            },
        ];
      }),
    ]),
    ...tls.flatMap(({ hosts = [] }, index) =>
      hosts.map((host, each) => !isHost(host) && { path: `spec.tls[${index}].hosts[${each}]`, must }),
    ),
  ],
});

const must = 'be a DNS name such as api.example.com, or begin with "*." as in *.example.com';

function isHost(text: string): boolean {
  return isDnsSubdomain(text.startsWith('*.') ? text.slice(2) : text) && !/^[\d.]+$/.test(text);
}

function backendFault(backend: IngressBackend | undefined, path: string): Fault | false {
  if (backend === undefined) return false;
  const { service, resource } = backend;
  if ((service === undefined) === (resource === undefined))
    return { path, must: 'have either a service or a resource' };
  const { number = 0, name = '' } = service?.port ?? {};
  return (
    service !== undefined &&
    (number === 0) === (name === '') && {
      path: `${path}.service.port`,
      must: 'have either a number or a name',
    }
  );
}
