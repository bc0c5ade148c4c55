import type { Output } from '../../../../lib/documents/output';
import { outputsOf } from '../../../analysis/impact/edit-outputs';
import { productionEdits } from '../../../analysis/impact/edits';
import { productionOutput } from '../../../analysis/impact/outputs';
import { placement } from './placement';
import { refusals } from './refusals';
import { rollouts } from './rollouts';

/** An edit, before and after, as it can be applied. */
export interface EditCase {
  readonly title: string;
  readonly base: Output;
  readonly head: Output;
}

/** Those of production that change objects of Kubernetes, and the lane's own. */
export function editCases(): EditCase[] {
  const ofProduction = productionEdits.flatMap((edit): EditCase[] => {
    const [base, head] = outputsOf(edit).map(applicable) as [Output, Output];
    const isSame = JSON.stringify(base.objects) === JSON.stringify(head.objects);
    return isSame ? [] : [{ title: edit.title, base, head }];
  });
  const own = [...placement, ...rollouts, ...refusals].map(({ title, given, change }): EditCase => {
    const base = given === undefined ? productionOutput : given(productionOutput);
    return { title, base: applicable(base), head: applicable(change(base)) };
  });
  return [...ofProduction, ...own];
}

/** Without the annotations by which an output with unresolved values refuses to be applied. */
export function applicable(output: Output): Output {
  const objects = output.objects.map((each) => {
    const { annotations, ...metadata } = each.object.metadata;
    const kept = Object.entries(annotations ?? {}).filter(([key]) => !/^unresolved/i.test(key));
    const all = kept.length === 0 ? metadata : { ...metadata, annotations: Object.fromEntries(kept) };
    return { ...each, object: { ...each.object, metadata: all } };
  });
  return { ...output, objects };
}
