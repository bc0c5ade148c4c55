import type { Rule } from '../rule';
import { annotations } from './annotations';
import { defaultNamespace } from './default-namespace';
import { droppedFields } from './dropped-fields';
import { knownKinds } from './known-kinds';
import { knownWords } from './known-words';
import { kubernetesSchema } from './kubernetes-schema';
import { labels } from './labels';
import { objectNames } from './object-names';
import { recommendedLabels } from './recommended-labels';
import { uniqueObjects } from './unique-objects';

export const objectsRules: readonly Rule[] = [
  kubernetesSchema,
  knownWords,
  uniqueObjects,
  objectNames,
  labels,
  annotations,
  droppedFields,
  knownKinds,
  defaultNamespace,
  recommendedLabels,
];
