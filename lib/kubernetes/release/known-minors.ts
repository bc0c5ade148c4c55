import served from '../../../imports/kubernetes/served.json';

/** The minor versions of Kubernetes whose fields are known, oldest first. */
export const knownMinors: readonly string[] = served.minors;

/** What to do about a minor version whose fields are not known. */
export const addMinor =
  'Another one is added from its OpenAPI document: node bin/run.mjs imports/kubernetes/keep.ts (CONTRIBUTING.md).';
