import { pods } from '../parts';
import { rule } from '../rule';

export const configRestarts = rule({
  id: 'config-restarts',
  sentence: 'A pod that reads a ConfigMap of the documents into its environment says which content it read.',
  why: 'A changed ConfigMap restarts nothing by itself: half of the pods run on the old one until they happen to die.',
  source:
    'https://kubernetes.io/docs/concepts/configuration/configmap/#mounted-configmaps-are-updated-automatically',
  severity: 'medium',
  fix: 'Put a hash of the content into the template, as the annotation checksum/<name>.',
  parts: pods,
  faults: ({ namespace, annotations, isServing, object }, manifests) => {
    const names = new Set(
      manifests.references
        .from(object)
        .flatMap(({ value: { kind, use, name } }) =>
          kind === 'ConfigMap' && use === 'environment' ? name : [],
        ),
    );
    // A Job's pods read it when they are made, and end.
    if (!isServing || names.size === 0) return undefined;
    return [...names]
      .filter((name) => manifests.find('ConfigMap', namespace, name) !== undefined)
      .map((name) => {
        const isMarked = Object.keys(annotations).some(
          (key) => /^(checksum|hash)\//.test(key) && key.endsWith(`/${name}`),
        );
        return (
          !isMarked && {
            path: '',
            found: `has no annotation checksum/${name}`,
            must: 'have one in its template',
          }
        );
      });
  },
});
