import type { EngineCase } from './engine-case';

/** Object keys and references. */
export const objectCases: readonly EngineCase[] = [];
