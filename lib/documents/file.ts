/** One file of the output, complete and in memory: nothing is written before all of them exist. */
export interface OutputFile {
  /** Path below the output directory, with `/` on every platform. */
  readonly path: string;
  readonly text: string;
}
