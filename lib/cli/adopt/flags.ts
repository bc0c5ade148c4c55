import type { OutputOptions } from '../output-options';

export interface AdoptFlags extends OutputOptions<'text' | 'json'> {
  readonly config: string;
  readonly context?: string;
  readonly ssh?: boolean;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
}
