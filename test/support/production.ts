import { join } from 'node:path';
import { type Synthesis, synthesize } from '../../lib/cli/synthesize';
import { deploymentApp } from '../../lib/deployment/charts/deployment';
import { loadConfiguration } from '../../lib/deployment/config/load';
import { createModel } from '../../lib/deployment/model/model';
import { kubernetesDocuments } from '../../lib/deployment/synth/kubernetes';
import type { KubernetesObject } from '../../lib/documents/kubernetes';
import { at } from './at';
import { type Edit, edited, fixtures, withConfiguration } from './configuration';
import { deepFreeze } from './deep-freeze.cjs';

/** Production as it stood when the tests were written. */
export const production: Synthesis = synthesize(join(fixtures, 'production.yaml'));

const made = new Map<string, Synthesis>();

/** Production after some edits of its configuration: made once, and frozen. */
export function productionWith(...edits: Edit[]): Synthesis {
  const text = edited(edits);
  const synthesis = made.get(text) ?? withConfiguration(text, synthesize);
  made.set(text, synthesis);
  deepFreeze(synthesis);
  return synthesis;
}

/** Its manifests alone, which nothing is held against: a third of the time. */
export function manifestsWith(...edits: Edit[]): Pick<Synthesis, 'documents'> {
  return withConfiguration(edited(edits), (path) => ({
    documents: kubernetesDocuments(deploymentApp(createModel(loadConfiguration(path)))).flatMap(
      ({ documents }) => documents,
    ),
  }));
}

/** An object of a synthesis; the test fails when there is none. */
export function find(
  { documents }: Pick<Synthesis, 'documents'>,
  kind: string,
  name: string,
): KubernetesObject {
  const found = documents.map(({ object }) => object).filter((object) => object.kind === kind);
  const object = found.find(({ metadata }) => metadata.name === name);
  if (object === undefined) {
    throw new Error(`no ${kind} ${name}; there are ${found.map(({ metadata }) => metadata.name).join(', ')}`);
  }
  return object;
}

/** The pod's spec of a Deployment or Job. */
export function podSpec(synthesis: Synthesis, name: string, kind = 'Deployment'): unknown {
  return at(find(synthesis, kind, name), 'spec.template.spec');
}

/** The container of a workload. */
export function container(synthesis: Synthesis, name: string): unknown {
  return at(podSpec(synthesis, name), 'containers.0');
}
