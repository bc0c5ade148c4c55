import type { AcknowledgedConsequence } from '../acknowledge';
import type { OutputOptions } from '../output-options';
import type { ClusterOptions } from './cluster-options';

/** The flags of `plan`. */
export interface PlanFlags extends OutputOptions<'text' | 'json'>, ClusterOptions {
  readonly config: string;
  readonly out?: string;
  readonly ssh?: true;
  readonly terraform: boolean;
  readonly acknowledge: readonly AcknowledgedConsequence[];
}

/** The flags of `deploy` and `rollback`. */
export interface DeployFlags extends OutputOptions, ClusterOptions {
  readonly config: string;
  readonly yes?: true;
  readonly acknowledge: readonly AcknowledgedConsequence[];
  readonly prune?: true;
  readonly pruneNamed: readonly string[];
  readonly patience: number;
  readonly rollbackOnFailure?: true;
  readonly acceptSchema?: true;
  readonly breakLock?: true;
  readonly with: readonly OtherTool[];
  readonly allowExpired?: true;
}

export interface RollbackFlags extends DeployFlags {
  readonly to?: string;
}

export type OtherTool = 'terraform' | 'nodes';

/** The flags of `status`. */
export interface StatusFlags extends OutputOptions<'text' | 'json'>, ClusterOptions {
  readonly config: string;
}
