/** A step of another tool than kubectl. */
export interface OtherStep {
  readonly tool: 'terraform' | 'node';
  /** What the step changes: `terraform`, or the node `hetzner1`. */
  readonly name: string;
  /** Before the manifests, or after them. */
  readonly when: 'before' | 'after';
  /** What differs; empty where that was not asked. */
  readonly found: readonly string[];
  /** Why it is not known what differs; undefined if it is. */
  readonly notAsked?: string;
  /** The program and its arguments. */
  readonly words: readonly string[];
  /** The file that the program reads from its standard input. */
  readonly input?: string;
  /** What the operator must do by hand before anything that follows: the run ends with this sentence. */
  readonly thenByHand?: string;
}

/** The command of a step, for a shell. */
export function commandOf({ words, input }: Pick<OtherStep, 'words' | 'input'>): string {
  const redirection = input === undefined ? '' : ` < ${shellWord(input)}`;
  return `${words.map(shellWord).join(' ')}${redirection}`;
}

function shellWord(text: string): string {
  return /^[\w./:@%+,=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
