import { describeSeconds } from '../../documents/duration';
import type { Diagnosis } from '../../operations/deploy/diagnosis';
import type { FailureReason } from '../../operations/deploy/failure-reason';
import type { DeployReporter } from '../../operations/deploy/reporter';
import { paint } from '../paint';

/** How progress is printed. */
export interface ProgressLook {
  /** Whether the terminal can rewrite its last line. */
  readonly isLive: boolean;
  readonly colour: boolean;
  readonly width: number;
  /** Print every object that is written. @default what changed is counted */
  readonly all: boolean;
}

const clearLine = '\r\u001b[2K';

/** Prints a deployment as it runs: one line an event, and on a terminal a last line that shows what is awaited. */
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

/** `pod api-5d8 on hetzner1, container api: The image … can't be pulled: …` */
export function reasonText({ pod, node, container, text }: FailureReason): string {
  const where = [
    pod !== '' && `pod ${pod}${node === '' ? '' : ` on ${node}`}`,
    container !== '' && `container ${container}`,
  ].filter(Boolean);
  return where.length === 0 ? text : `${where.join(', ')}: ${text}`;
}

/** Why something is not available, with the end of its log and its events. */
export function diagnosisLines({ object, reasons, logs, logsMissing, events }: Diagnosis): string[] {
  return [
    '',
    `${object} is not available:`,
    ...(reasons.length === 0
      ? ['  The cluster reports no reason.']
      : reasons.map((each) => `  ${reasonText(each)}`)),
    ...(logs.length > 0
      ? ['  Its last lines:', ...logs.map((text) => `    ${text}`)]
      : [`  No log: ${logsMissing}`]),
    ...(events.length > 0 ? ['  Events:', ...events.map((text) => `    ${text}`)] : []),
  ];
}
