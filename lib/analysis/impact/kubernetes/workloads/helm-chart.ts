import type { Json, KubernetesObject } from '../../../../documents/kubernetes';
import { helmValues } from '../../../../kubernetes/helm-values';
import { describeObject, kindOf } from '../../../../kubernetes/objects/object-key';
import { changes, describeChange } from '../../changes';
import type { Consequence } from '../../consequence';
import type { ObjectChanges } from '../objects';

/** The effects of changed chart values, which the Helm controller of k3s applies. */
export function helmChart({ changed, added }: ObjectChanges): Consequence[] {
  const begun = added
    .filter((object) => kindOf(object) === 'HelmChartConfig')
    .map(
      (object): Consequence => ({
        ...{ class: 'restarts', side: 'kubernetes', object: describeObject(object), field: '' },
        reason: `The object is new, and Helm upgrades the running chart with its values. If the upgrade changes a pod template, the pods restart${pace(object)}.`,
        wayOut: '',
      }),
    );
  const again = changed
    .filter(({ after }) => ['HelmChartConfig', 'HelmChart'].includes(kindOf(after)))
    .flatMap(({ name, before, after, changes: own }): Consequence[] => {
      const found = changes(valuesOf(before), valuesOf(after), 'spec.valuesContent');
      // Changes of fields other than valuesContent: chart version, repository, single values.
      const chart = own.filter(({ path }) => /^spec\./.test(path) && path !== 'spec.valuesContent');
      found.push(...chart);
      if (found.length === 0) return [];
      const described = found.slice(0, 3).map(describeChange).join('; ');
      const more = found.length > 3 ? `; and ${found.length - 3} more` : '';
      const { failurePolicy } = (after['spec'] ?? {}) as { failurePolicy?: string };
      const reinstalls =
        failurePolicy === 'abort' || failurePolicy === 'retry'
          ? ''
          : ' If the upgrade fails, the Helm controller uninstalls the chart and installs it again.';
      return [
        {
          ...{ class: 'restarts', side: 'kubernetes', object: name, field: found[0]?.path ?? '' },
          reason: `${described}${more}. Helm upgrades the chart. If the upgrade changes a pod template, the pods restart${pace(after)}.${reinstalls}`,
          wayOut: '',
        },
      ];
    });
  return [...begun, ...again];
}

/** How many nodes at a time replace their pods. Empty if the chart values do not set the pace. */
function pace(object: KubernetesObject): string {
  const { deployment, hostNetwork, updateStrategy } = (valuesOf(object) ?? {}) as {
    deployment?: { kind?: string };
    hostNetwork?: boolean;
    updateStrategy?: { rollingUpdate?: { maxUnavailable?: number } };
  };
  if (deployment?.kind !== 'DaemonSet') return '';
  const nodes = updateStrategy?.rollingUpdate?.maxUnavailable ?? 1;
  const pace = nodes === 1 ? ', one node at a time' : `, on ${nodes} nodes at a time`;
  return hostNetwork === true ? `${pace}: the node's host ports do not answer meanwhile` : pace;
}

function valuesOf(object: KubernetesObject): Json | undefined {
  try {
    return helmValues(object);
  } catch {
    // If the values are not YAML, the unparsed string is compared.
    return (object['spec'] as { valuesContent: string }).valuesContent;
  }
}
