import type { Reference } from './reference';

/** Objects that the control plane creates in every namespace, without a manifest. */
const names: Readonly<Record<string, readonly string[]>> = {
  ConfigMap: ['kube-root-ca.crt'],
};

/** Whether the cluster itself creates the target of a reference. */
export function isBuiltIn({ group, kind, name }: Reference): boolean {
  return group === '' && names[kind]?.includes(name) === true;
}
