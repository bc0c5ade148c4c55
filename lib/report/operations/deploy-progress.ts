import { describeSeconds } from '../../documents/duration';
import type { Diagnosis } from '../../operations/deploy/diagnosis';
import type { FailureReason } from '../../operations/deploy/failure-reason';
import type { DeployReporter } from '../../operations/deploy/reporter';
import { paint } from '../paint';

/** Options for printing the progress of a deployment. */
export interface ProgressLook {
  /** Whether the terminal can rewrite its last line. */
  readonly isLive: boolean;
  readonly colour: boolean;
  readonly width: number;
  /** Print every object that is written. @default false: changed objects are counted */
  readonly all: boolean;
}

const clearLine = '\r\u001b[2K';

/**
 * Prints a deployment while it runs: one line for each event. On a terminal, the last line shows what the deployment
 * waits for.
 */
export function progressReporter(print: (text: string) => void, look: ProgressLook): DeployReporter {
  const { isLive, colour, width, all } = look;
  let isLastLineLive = false;
  const line = (text: string) => {
    print(`${isLastLineLive ? clearLine : ''}${text}\n`);
    isLastLineLive = false;
  };
  const live = (text: string) => {
    if (!isLive) return;
    print(`${isLastLineLive ? clearLine : ''}${text.slice(0, width - 1)}`);
    isLastLineLive = true;
  };
  const bold = (text: string) => (colour ? paint('bold', text) : text);
  const red = (text: string) => (colour ? paint(['bold', 'red'], text) : text);
  return {
    phase: (title) => line(bold(title)),
    applied: (object, action) => {
      if (all || action === 'prune' || action === 'adopt' || action === 'rerun')
        line(`  ${actionWords[action]} ${object}`);
    },
    progress: (waiting) =>
      live(`  waiting: ${waiting.map(({ object, progress }) => `${object} (${progress})`).join(', ')}`),
    available: (object, seconds) => line(`  ${object} is available after ${describeSeconds(seconds)}`),
    trouble: (object, reason) => line(`  ${red('!')} ${object} ${reasonText(reason)}`),
    failed: (diagnoses) => {
      for (const each of diagnoses) for (const text of diagnosisLines(each)) line(text);
    },
    note: (sentence) => line(sentence),
  };
}

const actionWords = {
  create: 'created',
  change: 'changed',
  adopt: 'took over',
  rerun: 'runs again:',
  skip: 'skipped',
  keep: 'kept',
  prune: 'deleted',
} as const;

/** Formats a failure reason: `pod api-5d8 on hetzner1, container api: The image … can't be pulled: …` */
export function reasonText({ pod, node, container, text }: FailureReason): string {
  const where = [
    pod !== '' && `pod ${pod}${node === '' ? '' : ` on ${node}`}`,
    container !== '' && `container ${container}`,
  ].filter(Boolean);
  return where.length === 0 ? text : `${where.join(', ')}: ${text}`;
}

/** Prints why an object is not available, with the last lines of its log and its events. */
export function diagnosisLines({ object, reasons, logs, logsMissing, events }: Diagnosis): string[] {
  return [
    '',
    `${object} is not available:`,
    ...(reasons.length === 0
      ? ['  The cluster reports no reason.']
      : reasons.map((each) => `  ${reasonText(each)}`)),
    ...(logs.length > 0
      ? ['  The last lines of its log:', ...logs.map((text) => `    ${text}`)]
      : [`  No log: ${logsMissing}`]),
    ...(events.length > 0 ? ['  Events:', ...events.map((text) => `    ${text}`)] : []),
  ];
}
