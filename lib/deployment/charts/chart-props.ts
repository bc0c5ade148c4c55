import type { ChartProps } from 'cdk8s';
import type { Model } from '../model/model';

/** The props that all charts of a deployment share. */
export function chartProps({ namespace }: Model): ChartProps {
  return {
    namespace,
    labels: { 'app.kubernetes.io/part-of': namespace, 'app.kubernetes.io/managed-by': 'cdk8s' },
    disableResourceNameHashes: true,
  };
}
