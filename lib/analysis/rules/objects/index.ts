import type { Rule } from '../rule';
import { annotationSyntax } from './annotation-syntax';
import { droppedFields } from './dropped-fields';
import { duplicateObjects } from './duplicate-objects';
import { enumValues } from './enum-values';
import { labelSyntax } from './label-syntax';
import { missingSchema } from './missing-schema';
import { objectNames } from './object-names';
import { recommendedLabels } from './recommended-labels';
import { schemaValidation } from './schema-validation';
import { useNamespace } from './use-namespace';

export const objectsRules: readonly Rule[] = [
  schemaValidation,
  enumValues,
  duplicateObjects,
  objectNames,
  labelSyntax,
  annotationSyntax,
  droppedFields,
  missingSchema,
  useNamespace,
  recommendedLabels,
];
