import { repeated } from '../../../kubernetes/repeated';
import { containers } from '../parts';
import { rule } from '../rule';

export const portNames = rule({
  id: 'port-names',
  sentence:
    'The name of a port is at most 15 of a-z, 0-9 and "-", has a letter, and no other port of the container has it.',
  why: 'The API server refuses the pod.',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ports',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Rename the port, also in the Services and probes that name it.',
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
          must: 'be at most 15 of a-z, 0-9 and single "-", with a letter, as http is',
        })),
      ...repeated(named).map(({ path, first }) => ({ path, must: `differ from ${first}` })),
    ];
  },
});

/** An IANA service name (RFC 6335). */
export function isPortName(text: string): boolean {
  return /^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/.test(text);
}
