import type { Container } from '../../../../imports/kubernetes/kinds';
import { namespaceOf } from '../../../kubernetes/kinds';
import type { Manifests } from '../../../kubernetes/manifests';
import type { Pod } from '../../../kubernetes/workloads/pods';
import { literalVariables } from '../../../kubernetes/workloads/variables';
import { pods } from '../parts';
import { rule } from '../rule';

export const serviceLinks = rule({
  id: 'service-links',
  sentence: 'No Service adds an environment variable (service link) that the program in the pod reads.',
  why: 'The Service cart sets CART_PORT=tcp://<address>:<port> in all pods of its namespace that start later. A program that expects a number in CART_PORT fails at start.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables',
  severity: 'medium',
  fix: 'Set enableServiceLinks: false in the pod spec. DNS does not need these variables.',
  rare: true,
  parts: pods,
  faults: (pod, manifests) => {
    if (pod.spec.enableServiceLinks === false) return [];
    const linked = linkedServices(pod, manifests);
    return linked.map((name) => ({
      path: 'enableServiceLinks',
      found: `is not false, and Service ${name} sets ${prefixOf(name)}_PORT to a URL; the program ${name} may expect a port number in this variable`,
      must: 'be false',
    }));
  },
});

/**
 * Services whose service links set a variable that a program of the pod may read. A variable that the pod sets itself
 * is left out.
 */
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

/** The prefix of the variables for a Service: `MY_CART` for `my-cart`. */
function prefixOf(service: string): string {
  return service.toUpperCase().replaceAll('-', '_');
}

/** Possible names of the program in a container. Its environment variables usually begin with one of them. */
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
