import type { DeployReporter } from '../../../../lib/operations/deploy/reporter';

/** What a deployment said, line by line, with the time in milliseconds since its start. */
export interface SaidLine {
  readonly at: number;
  readonly text: string;
}

/** A reporter that keeps what is said. */
export function keepingReporter(): DeployReporter & { readonly said: SaidLine[] } {
  const start = Date.now();
  const said: SaidLine[] = [];
  const say = (text: string) => said.push({ at: Date.now() - start, text });
  return {
    said,
    phase: (title) => say(`phase: ${title}`),
    applied: (object, action) => say(`${action} ${object}`),
    progress: () => undefined,
    available: (object) => say(`available ${object}`),
    trouble: (object, { code, text }) => say(`trouble ${object} ${code}: ${text}`),
    failed: (diagnoses) => say(`failed ${JSON.stringify(diagnoses)}`),
    note: (sentence) => say(sentence),
  };
}
