import type { Container } from '../../../../imports/kubernetes/kinds';
import { namespaceOf } from '../../../kubernetes/kinds';
import type { Manifests } from '../../../kubernetes/manifests';
import type { Pod } from '../../../kubernetes/workloads/pods';
import { literalVariables } from '../../../kubernetes/workloads/variables';
import { pods } from '../parts';
import { rule } from '../rule';

export const serviceLinks = rule({
  id: 'service-links',
  sentence: 'No Service puts a variable into a pod under a name that the program there reads.',
  why: 'A Service cart gives every pod of its namespace that starts after it CART_PORT=tcp://<address>:<port>: a program that reads a number there ends at its start.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables',
  severity: 'medium',
  fix: 'Set enableServiceLinks: false in the spec of the pod; DNS finds Services without these variables.',
  rare: true,
  parts: pods,
  faults: (pod, manifests) => {
    if (pod.spec.enableServiceLinks === false) return [];
    const linked = linkedServices(pod, manifests);
    return linked.map((name) => ({
      path: 'enableServiceLinks',
      found: `is not false, and Service ${name} sets ${prefixOf(name)}_PORT to an address, where a program called ${name} reads its port`,
      must: 'be false',
    }));
  },
});

/** The Services whose port variable a program of the pod may take for its own, and that the pod doesn't set itself. */
function linkedServices(pod: Pod, manifests: Manifests): string[] {
  const containers = [...(pod.spec.initContainers ?? []), ...(pod.spec.containers ?? [])];
  return manifests.of('Service').flatMap(({ object, fields: { spec = {} } }) => {
    const { name } = object.metadata;
    const hasAddress = spec.clusterIP !== 'None' && spec.type !== 'ExternalName';
    if (!hasAddress || namespaceOf(object) !== pod.namespace) return [];
    const prefix = `${prefixOf(name)}_`;
    const isRead = containers.some((container) => {
      const stated = variableNames(container, pod, manifests);
      if (stated.has(`${prefix}PORT`)) return false;
      return programsOf(pod, container).includes(name) || [...stated].some((each) => each.startsWith(prefix));
    });
    return isRead ? [name] : [];
  });
}

/** `MY_CART` of `my-cart`. */
function prefixOf(service: string): string {
  return service.toUpperCase().replaceAll('-', '_');
}

/** What a container's program may be called: its variables begin with that. */
function programsOf({ object }: Pod, { name = '', image = '' }: Container): string[] {
  const [, program = ''] = /([^/:@]+)(?::[^/@]*)?(?:@.*)?$/.exec(image) ?? [];
  return [object.metadata.name, name, program];
}

function variableNames(container: Container, { namespace }: Pod, manifests: Manifests): Set<string> {
  return new Set([
    ...(container.env ?? []).map(({ name = '' }) => name),
    ...literalVariables(container, namespace, manifests).keys(),
  ]);
}
