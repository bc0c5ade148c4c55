import type { Rule } from '../rule';
import { kubernetesSchema } from './kubernetes-schema';

/** Every rule, in the order of docs/rules.md. */
export const rules: readonly Rule[] = [kubernetesSchema];
