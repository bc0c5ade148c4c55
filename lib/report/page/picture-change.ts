import { type Consequence, consequenceClasses } from '../../analysis/impact/consequence';
import type { Picture, PictureBox, PictureLine } from '../../analysis/picture/picture';
import type { ReportedImpact } from '../impact';
import type { BoxMark } from '../picture/box-shape';
import { escaped, type Markup, tag } from '../picture/markup';

/** One picture that shows both outputs, with marks for the changes. */
export interface PictureChange {
  readonly picture: Picture;
  readonly marksOf: (box: PictureBox) => readonly BoxMark[];
  /** The CSS class that marks a changed box, part or line. */
  readonly classOf: (id: string) => string | undefined;
  readonly section: Markup;
}

/** A sign for each class of consequences, so that the meaning does not depend on colour. */
const signs: Readonly<Record<string, string>> = {
  lost: '✕',
  fails: '!',
  replaced: '⇄',
  restarts: '↻',
  exposed: '◉',
  'cut off': '⊘',
  'left behind': '…',
  'in place': '~',
};

/**
 * Merges the pictures of two outputs and marks what the change adds, removes, restarts, exposes, cuts off and
 * replaces.
 */
export function pictureChange(before: Picture, after: Picture, impact: ReportedImpact): PictureChange {
  const [old, now] = [idsOf(before), idsOf(after)];
  const kept = new Set([...now].filter((id) => old.has(id)));
  const gone = before.boxes.filter(({ id }) => !now.has(id));
  const boxes = [...after.boxes, ...gone];
  const drawn = new Set(boxes.map(({ id }) => id));
  const lines = [...after.lines, ...before.lines.filter(({ id }) => !now.has(id))].filter(
    ({ from, to }: PictureLine) => drawn.has(from) && drawn.has(to),
  );
  const consequencesOf = ({ objects, parts }: Pick<PictureBox, 'objects' | 'parts'>) => {
    const names = new Set([...objects, ...parts.flatMap((part) => part.objects)]);
    return impact.consequences.filter(({ object }) => names.has(object));
  };
  const touched = new Set(
    boxes.flatMap((box) => [
      ...(consequencesOf(box).length > 0 ? [box.id] : []),
      ...box.parts.flatMap((part) =>
        consequencesOf({ objects: part.objects, parts: [] }).length > 0 ? [part.id] : [],
      ),
    ]),
  );
  return {
    picture: { ...after, boxes, lines },
    marksOf: (box) => {
      if (!now.has(box.id)) return [{ kind: 'removed', text: '− removed' }];
      if (!old.has(box.id)) return [{ kind: 'added', text: '+ added' }];
      return classMarks(consequencesOf(box));
    },
    classOf: (id) => {
      if (!now.has(id)) return 'change-removed';
      if (!old.has(id)) return 'change-added';
      return kept.has(id) && touched.has(id) ? 'change-touched' : undefined;
    },
    section: changeSection(impact),
  };
}

function idsOf({ boxes, lines }: Picture): Set<string> {
  return new Set([
    ...boxes.flatMap((box) => [box.id, ...box.parts.map(({ id }) => id)]),
    ...lines.map(({ id }) => id),
  ]);
}

/** One mark with all classes of consequences, in the colour of the worst. */
function classMarks(consequences: readonly Consequence[]): BoxMark[] {
  const classes = consequenceClasses.filter((each) => consequences.some((found) => found.class === each));
  const [worst] = classes;
  if (worst === undefined) return [];
  return [{ kind: worst, text: classes.map((each) => `${signs[each]} ${each}`).join(', ') }];
}

/** The section that describes the consequences, worst first. */
function changeSection({ base, head, consequences }: ReportedImpact): Markup {
  return tag(
    'section',
    { id: 'change' },
    tag('h2', {}, escaped('What the change does')),
    tag('p', {}, escaped(`${head} is applied over ${base}.`)),
    consequences.length === 0
      ? tag('p', {}, escaped('The change has no effect.'))
      : tag(
          'dl',
          { class: 'change' },
          ...consequences.flatMap((each) => [
            tag('dt', {}, escaped(`${signs[each.class]} ${each.class}`)),
            tag(
              'dd',
              {},
              tag('strong', {}, escaped(each.object)),
              escaped(` ${each.reason}${each.wayOut === '' ? '' : ` ${each.wayOut}`}`),
              ...(each.field === '' ? [] : [escaped(' '), tag('code', {}, escaped(each.field))]),
            ),
          ]),
        ),
  );
}
