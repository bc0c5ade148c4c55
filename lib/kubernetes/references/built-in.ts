import type { Reference } from './reference';

/** Objects that exist in every namespace, because the control plane creates them. */
const names: Readonly<Record<string, readonly string[]>> = {
  ConfigMap: ['kube-root-ca.crt'],
};

/** Whether the control plane creates the target of a reference. */
export function isBuiltIn({ group, kind, name }: Reference): boolean {
  return group === '' && names[kind]?.includes(name) === true;
}
