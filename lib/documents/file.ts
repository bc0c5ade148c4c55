/** A file of the output in memory. Files are written only after all of them have been generated. */
export interface OutputFile {
  /** Path below the output directory, with `/` as the separator on every platform. */
  readonly path: string;
  readonly text: string;
}
