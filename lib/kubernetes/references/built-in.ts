import type { Reference } from './reference';

/** What the control plane puts into every namespace; no manifest describes it. */
const names: Readonly<Record<string, readonly string[]>> = {
  ConfigMap: ['kube-root-ca.crt'],
};

/** Whether the cluster itself makes what is referred to. */
export function isBuiltIn({ group, kind, name }: Reference): boolean {
  return group === '' && names[kind]?.includes(name) === true;
}
