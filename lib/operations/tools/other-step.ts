/** A step of a deployment that another tool than kubectl runs. */
export interface OtherStep {
  readonly tool: 'terraform' | 'node';
  /** What the step changes: `terraform` for all its resources, or the name of a node. */
  readonly name: string;
  /** Whether the step runs before or after the manifests are applied. */
  readonly when: 'before' | 'after';
  /** The differences; empty if they are unknown. */
  readonly found: readonly string[];
  /** Why the differences are unknown; undefined if they are known. */
  readonly notAsked?: string;
  readonly words: readonly string[];
  /** The file that is the program's standard input. */
  readonly input?: string;
  /** What you must do by hand after this step, before the next one. The run ends with this message. */
  readonly thenByHand?: string;
}

/** A step as a shell command. */
export function commandOf({ words, input }: Pick<OtherStep, 'words' | 'input'>): string {
  const redirection = input === undefined ? '' : ` < ${shellWord(input)}`;
  return `${words.map(shellWord).join(' ')}${redirection}`;
}

function shellWord(text: string): string {
  return /^[\w./:@%+,=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
