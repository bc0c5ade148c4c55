import type { EngineCase } from './engine-case';

/** Rollouts, starts, immutable fields, defaults and how an apply merges lists. */
export const lifecycleCases: readonly EngineCase[] = [];
