import type { NetworkPolicySpec } from '../../../imports/kubernetes/kinds';
import { describeObject } from '../../kubernetes/objects/object-key';
import type { PortRange } from '../flows/ports';
import type { AllowedBy } from '../flows/reachability';
import type { PictureClaim } from './picture';
import { manifestsOf, type PictureSources } from './sources';

/** The rules of NetworkPolicies that allow a connection at one end. */
export function policyClaims(
  sources: PictureSources,
  direction: 'egress' | 'ingress',
  allowedBy: AllowedBy,
  ports: readonly PortRange[],
): PictureClaim[] {
  const what = direction === 'egress' ? 'The client may connect' : 'The server accepts it';
  if (allowedBy === 'not isolated')
    return direction === 'egress' ? [{ sentence: `${what}: no NetworkPolicy restricts its egress.` }] : [];
  return manifestsOf(sources)
    .of('NetworkPolicy')
    .filter(({ object }) => allowedBy.includes(describeObject(object)))
    .map(({ object, fields }) => ({
      sentence: `${what}: ${describeObject(object)} allows it.`,
      evidence: { kind: 'field', object, path: ruleOf(fields.spec ?? {}, direction, ports) },
    }));
}

/** The path of the first rule that mentions a port of the connection, or of all rules. */
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
