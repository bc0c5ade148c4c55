/** A step of another tool than kubectl. */
export interface OtherStep {
  /** `terraform`, `hetzner1`. */
  readonly tool: string;
  /** Before the manifests, or after them. */
  readonly when: 'before' | 'after';
  /** What differs; empty where that was not asked. */
  readonly found: readonly string[];
  readonly command: string;
}
