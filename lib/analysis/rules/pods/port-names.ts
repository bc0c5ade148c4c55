import { repeated } from '../../../kubernetes/repeated';
import { containers } from '../parts';
import { rule } from '../rule';

export const portNames = rule({
  id: 'port-names',
  sentence:
    'Every port name is unique in its container, and is at most 15 characters of a-z, 0-9 and "-" with at least one letter.',
  why: 'The API server refuses the pod.',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ports',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Rename the port, also in Services and probes that refer to it.',
  parts: containers,
  faults: ({ container: { ports = [] } }) => {
    const named = ports.flatMap(({ name }, index) =>
      name === undefined ? [] : [{ key: name, path: `ports[${index}].name` }],
    );
    return [
      ...named
        .filter(({ key }) => !isPortName(key))
        .map(({ path }) => ({
          path,
          must: 'be at most 15 characters of a-z, 0-9 and single "-", with a letter, such as http',
        })),
      ...repeated(named).map(({ path, first }) => ({ path, must: `differ from ${first}` })),
    ];
  },
});

/** An IANA service name (RFC 6335). */
export function isPortName(text: string): boolean {
  return /^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/.test(text);
}
