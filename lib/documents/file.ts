/** A file of the output, complete and in memory. No file is written before all are generated. */
export interface OutputFile {
  /** Path below the output directory, with `/` on every platform. */
  readonly path: string;
  readonly text: string;
}
