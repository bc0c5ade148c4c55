import type { NetworkPolicySpec } from '../../../imports/kubernetes/kinds';
import { describeObject } from '../../kubernetes/objects/object-key';
import type { PortRange } from '../flows/ports';
import type { AllowedBy } from '../flows/reachability';
import type { PictureClaim } from './picture';
import { manifestsOf, type PictureSources } from './sources';

/** One claim for each NetworkPolicy that allows a connection at one end. */
export function policyClaims(
  sources: PictureSources,
  direction: 'egress' | 'ingress',
  allowedBy: AllowedBy,
  ports: readonly PortRange[],
): PictureClaim[] {
  const what =
    direction === 'egress' ? 'The client may open the connection' : 'The server may accept the connection';
  if (allowedBy === 'not isolated')
    return direction === 'egress'
      ? [{ sentence: `${what}: no NetworkPolicy restricts the egress of the client.` }]
      : [];
  return manifestsOf(sources)
    .of('NetworkPolicy')
    .filter(({ object }) => allowedBy.includes(describeObject(object)))
    .map(({ object, fields }) => ({
      sentence: `${what}: allowed by ${describeObject(object)}.`,
      evidence: { kind: 'field', object, path: ruleOf(fields.spec ?? {}, direction, ports) },
    }));
}

/** The path of the first port in the rules that matches the connection, or the path of all rules. */
function ruleOf(
  spec: NetworkPolicySpec,
  direction: 'egress' | 'ingress',
  ports: readonly PortRange[],
): string {
  const rules = spec[direction] ?? [];
  for (const [index, rule] of rules.entries()) {
    const place = (rule.ports ?? []).findIndex(({ port }) =>
      ports.some(({ from, to }) => typeof port === 'number' && from <= port && port <= to),
    );
    if (place >= 0) return `spec.${direction}[${index}].ports[${place}].port`;
  }
  return `spec.${direction}`;
}
