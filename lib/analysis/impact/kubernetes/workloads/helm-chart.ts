import type { Json, KubernetesObject } from '../../../../documents/kubernetes';
import { helmValues } from '../../../../kubernetes/helm-values';
import { describeObject, kindOf } from '../../../../kubernetes/objects/object-key';
import { changes, describeChange } from '../../changes';
import type { Consequence } from '../../consequence';
import type { ObjectChanges } from '../objects';

/** What k3s' Helm controller does with changed values of a chart. */
export function helmChart({ changed, added }: ObjectChanges): Consequence[] {
  const begun = added
    .filter((object) => kindOf(object) === 'HelmChartConfig')
    .map(
      (object): Consequence => ({
        ...{ class: 'restarts', side: 'kubernetes', object: describeObject(object), field: '' },
        reason: `It is new, and the chart that runs gets its values: Helm renders it anew, and where that changes a pod template its pods restart${pace(object)}.`,
        wayOut: '',
      }),
    );
  const again = changed
    .filter(({ after }) => ['HelmChartConfig', 'HelmChart'].includes(kindOf(after)))
    .flatMap(({ name, before, after, changes: own }): Consequence[] => {
      const found = changes(valuesOf(before), valuesOf(after), 'spec.valuesContent');
      // What isn't in the text of the values: the chart's version, its repository, single values.
      const chart = own.filter(({ path }) => /^spec\./.test(path) && path !== 'spec.valuesContent');
      found.push(...chart);
      if (found.length === 0) return [];
      const told = found.slice(0, 3).map(describeChange).join('; ');
      const more = found.length > 3 ? `; and ${found.length - 3} more` : '';
      const { failurePolicy } = (after['spec'] ?? {}) as { failurePolicy?: string };
      const reinstalls =
        failurePolicy === 'abort' || failurePolicy === 'retry'
          ? ''
          : ' Should the upgrade fail, Helm uninstalls the chart on every node and installs it again.';
      return [
        {
          ...{ class: 'restarts', side: 'kubernetes', object: name, field: found[0]?.path ?? '' },
          reason: `${told}${more}. Helm renders the chart anew, and where that changes a pod template its pods restart${pace(after)}.${reinstalls}`,
          wayOut: '',
        },
      ];
    });
  return [...begun, ...again];
}

/** The chart's own pods, as far as its values say how they give way. */
function pace(object: KubernetesObject): string {
  const { deployment, hostNetwork, updateStrategy } = (valuesOf(object) ?? {}) as {
    deployment?: { kind?: string };
    hostNetwork?: boolean;
    updateStrategy?: { rollingUpdate?: { maxUnavailable?: number } };
  };
  if (deployment?.kind !== 'DaemonSet') return '';
  const nodes = updateStrategy?.rollingUpdate?.maxUnavailable ?? 1;
  const pace = nodes === 1 ? ', on one node after another' : `, on ${nodes} nodes at a time`;
  return hostNetwork === true ? `${pace}: the node's own ports answer nobody meanwhile` : pace;
}

function valuesOf(object: KubernetesObject): Json | undefined {
  try {
    return helmValues(object);
  } catch {
    // Values that are no YAML: the whole text is the value.
    return (object['spec'] as { valuesContent: string }).valuesContent;
  }
}
