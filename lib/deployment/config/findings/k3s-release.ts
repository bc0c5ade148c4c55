import { unknownMinor, unknownPatch } from '../../../kubernetes/release/k3s-release';
import type { Deployment } from '../schema/schema';
import { at, type ConfigFinding } from './finding';

/** A k3s of an unknown minor version: its fields, its chart and what it bundles can't be checked. */
export function checkK3s({ k3s }: Deployment): ConfigFinding[] {
  const message = unknownMinor(k3s);
  return message === undefined ? [] : [at(['k3s'], message)];
}

/** A warning where the patch release is not known: what it bundles is taken from another. */
export function k3sWarnings({ k3s }: Deployment): string[] {
  const sentence = unknownPatch(k3s);
  return sentence === undefined ? [] : [sentence];
}
