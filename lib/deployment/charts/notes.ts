import type { Chart } from 'cdk8s';
import type { UnresolvedValue } from '../model/unresolved-value';

/** What a reader of a chart's file is told before its first object. */
export interface Notes {
  /** Sentences, one a line. */
  readonly remarks: readonly string[];
  readonly unresolved: readonly UnresolvedValue[];
}

const remark = 'honeydue:remark';
const unresolved = 'honeydue:unresolved';

/** Puts a sentence on top of the chart's file. */
export function addRemark(chart: Chart, text: string): void {
  chart.node.addMetadata(remark, text);
}

/** Lists an unresolved value on top of the chart's file. */
export function addUnresolved(chart: Chart, value: UnresolvedValue): void {
  chart.node.addMetadata(unresolved, value);
}

/** What was put on top of the chart's file. */
export function notesOf(chart: Chart): Notes {
  const data = (type: string) =>
    chart.node.metadata.filter((entry) => entry.type === type).map((entry) => entry.data);
  return { remarks: data(remark) as string[], unresolved: data(unresolved) as UnresolvedValue[] };
}
