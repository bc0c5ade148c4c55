import served from '../../../imports/kubernetes/served.json';

/** The minor versions of Kubernetes whose kinds and fields are known, oldest first. */
export const knownMinors: readonly string[] = served.minors;

/** What to do about a minor version whose kinds and fields are unknown. */
export const addMinor =
  'To add a minor version from its OpenAPI document: node bin/run.mjs imports/kubernetes/keep.ts (see CONTRIBUTING.md).';
