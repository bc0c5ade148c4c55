import type { Model } from './model';

/** The nodes whose servers Terraform makes, since nothing states that they exist. */
export function madeNodes({ nodes, adopt }: Pick<Model, 'nodes' | 'adopt'>): string[] {
  return Object.keys(nodes).filter((name) => adopt?.servers?.[name] === undefined);
}
