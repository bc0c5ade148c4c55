import type { ChartProps } from 'cdk8s';
import type { Model } from '../model/model';

/** What every chart of a deployment shares. */
export function chartProps({ namespace }: Model): ChartProps {
  return {
    namespace,
    labels: { 'app.kubernetes.io/part-of': namespace, 'app.kubernetes.io/managed-by': 'cdk8s' },
    disableResourceNameHashes: true,
  };
}
