import { unknownMinor, unknownPatch } from '../../../kubernetes/release/k3s-release';
import type { Deployment } from '../schema/schema';
import { at, type ConfigFinding } from './finding';

/**
 * Refuses a k3s release of an unknown minor version, because its fields, its Traefik chart and its bundled
 * components can't be checked.
 */
export function checkK3s({ k3s }: Deployment): ConfigFinding[] {
  const message = unknownMinor(k3s);
  return message === undefined ? [] : [at(['k3s'], message)];
}

/** Warns about an unknown patch release: synth assumes the bundled components of another release. */
export function k3sWarnings({ k3s }: Deployment): string[] {
  const sentence = unknownPatch(k3s);
  return sentence === undefined ? [] : [sentence];
}
