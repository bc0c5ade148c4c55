import type { Model } from './model';

/** The nodes whose servers Terraform creates: those without a server id under `adopt`. */
export function madeNodes({ nodes, adopt }: Pick<Model, 'nodes' | 'adopt'>): string[] {
  return Object.keys(nodes).filter((name) => adopt?.servers?.[name] === undefined);
}
