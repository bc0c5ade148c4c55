import type { Chart } from 'cdk8s';
import type { UnresolvedValue } from '../model/unresolved-value';

/** The content of the comment at the top of a chart's file. */
export interface Notes {
  /** Sentences, each on a line of its own. */
  readonly remarks: readonly string[];
  readonly unresolved: readonly UnresolvedValue[];
}

const remark = 'honeydue:remark';
const unresolved = 'honeydue:unresolved';

/** Adds a sentence to the comment at the top of the chart's file. */
export function addRemark(chart: Chart, text: string): void {
  chart.node.addMetadata(remark, text);
}

/** Lists an unresolved value in the comment at the top of the chart's file. */
export function addUnresolved(chart: Chart, value: UnresolvedValue): void {
  chart.node.addMetadata(unresolved, value);
}

export function notesOf(chart: Chart): Notes {
  const data = (type: string) =>
    chart.node.metadata.filter((entry) => entry.type === type).map((entry) => entry.data);
  return { remarks: data(remark) as string[], unresolved: data(unresolved) as UnresolvedValue[] };
}
