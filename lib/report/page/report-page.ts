import { createHash } from 'node:crypto';
import type { Picture } from '../../analysis/picture/picture';
import type { PictureLayout } from '../picture/layout';
import { escaped, joined, type Markup, tag } from '../picture/markup';
import { pictureSvg } from '../picture/svg';
import type { ReportTable } from '../tables/report-table';
import { anchorsOf, type EvidencePlaceOf, evidenceSection } from './evidence';
import { legend } from './legend';
import { pageScript } from './page-script';
import { pageStyle } from './page-style';
import { tableSections } from './page-tables';
import type { PlayedFailure } from './played-failures';

/** The content of a report's page. */
export interface ReportPage {
  readonly title: string;
  /** Short facts below the title. */
  readonly facts: readonly string[];
  /** The assumptions, as sentences. */
  readonly notes: readonly string[];
  readonly picture: Picture;
  readonly layout: PictureLayout;
  readonly placeOf: EvidencePlaceOf;
  readonly failures: readonly PlayedFailure[];
  readonly tables: readonly ReportTable[];
  /** The marks and the section for a change. Absent if the report has no base. */
  readonly change?:
    | { readonly section: Markup; readonly classOf: (id: string) => string | undefined }
    | undefined;
}

const layers = [
  ['traffic', 'requests'],
  ['connections', 'allowed connections'],
  ['secrets', 'Secrets'],
  ['volumes', 'volumes'],
] as const;

/** The page as one HTML file. It makes no requests, and its Content-Security-Policy forbids all requests. */
export function reportPage(page: ReportPage): string {
  const { title, facts, notes, tables, change } = page;
  const content = joined([
    tag('a', { class: 'skip', href: '#evidence' }, escaped('Skip the picture')),
    tag(
      'header',
      {},
      tag('h1', {}, escaped(title)),
      ...(facts.length === 0 ? [] : [tag('p', {}, escaped(facts.join(' · ')))]),
      ...(notes.length === 0
        ? []
        : [
            tag(
              'details',
              { class: 'notes' },
              tag('summary', {}, escaped('Assumed')),
              ...notes.map((note) => tag('p', {}, escaped(note))),
            ),
          ]),
    ),
    tag(
      'main',
      {},
      navigation(tables, change !== undefined),
      figure(page),
      ...(change === undefined ? [] : [change.section]),
      tableSections(tables),
      tag(
        'section',
        { id: 'evidence' },
        tag('h2', {}, escaped('Evidence')),
        tag('p', {}, escaped('Each statement of the picture, with the line of the file that it comes from.')),
        tag('div', { class: 'columns' }, evidenceSection(page.picture, page.placeOf)),
      ),
    ),
    tag('footer', {}, escaped('Written by npx honeydue report. This page makes no requests.')),
    panel,
    tag('script', { type: 'application/json', id: 'failure-data' }, jsonMarkup(page.failures)),
    tag('script', {}, { markup: pageScript }),
  ]);
  return `<!doctype html>\n${tag('html', { lang: 'en' }, head(title), tag('body', {}, content)).markup}\n`;
}

function head(title: string): Markup {
  const hash = (source: string) => `'sha256-${createHash('sha256').update(source).digest('base64')}'`;
  const policy = `default-src 'none'; style-src ${hash(pageStyle)}; script-src ${hash(pageScript)}; base-uri 'none'; form-action 'none'`;
  return tag(
    'head',
    {},
    { markup: '<meta charset="utf-8">' },
    { markup: `<meta http-equiv="Content-Security-Policy" content="${policy}">` },
    { markup: '<meta name="viewport" content="width=device-width,initial-scale=1">' },
    { markup: '<meta name="referrer" content="no-referrer">' },
    tag('title', {}, escaped(title)),
    tag('style', {}, { markup: pageStyle }),
  );
}

function navigation(tables: readonly ReportTable[], hasChange: boolean): Markup {
  const links = [
    ['picture', 'Picture'],
    ...(hasChange ? [['change', 'Change']] : []),
    ...tables.map((table) => [table.id, table.title]),
    ['evidence', 'Evidence'],
  ];
  return tag(
    'nav',
    { 'aria-label': 'Sections' },
    tag(
      'ul',
      {},
      ...links.map(([id, name = '']) => tag('li', {}, tag('a', { href: `#${id}` }, escaped(name)))),
    ),
  );
}

function figure({ title, picture, layout, change }: ReportPage): Markup {
  const anchors = anchorsOf(picture);
  const svg = pictureSvg(picture, layout, {
    title: `${title}: the path of a request, and all connections that pods may open`,
    anchorOf: (id) => anchors.get(id),
    ...(change !== undefined && { classOf: change.classOf }),
  });
  return tag(
    'figure',
    { id: 'picture' },
    tag(
      'div',
      { class: 'controls' },
      tag(
        'fieldset',
        {},
        tag('legend', {}, escaped('Show')),
        ...layers.map(([layer, name]) =>
          tag('label', {}, { markup: `<input type="checkbox" id="show-${layer}" checked>` }, escaped(name)),
        ),
      ),
      tag(
        'label',
        { 'data-scripted': '', hidden: '' },
        escaped('Play a failure '),
        tag('select', { id: 'failure' }, tag('option', { value: '' }, escaped('none'))),
      ),
    ),
    tag('div', { class: 'canvas', tabindex: '0', role: 'region', 'aria-label': 'Picture' }, svg),
    tag('p', { class: 'hint' }, escaped('The picture is wider than the screen: scroll it sideways.')),
    legend,
    tag('div', { class: 'outcome', 'aria-live': 'polite' }),
  );
}

const panel = tag(
  'aside',
  { class: 'panel', hidden: '', 'aria-label': 'Evidence' },
  tag('button', { type: 'button' }, escaped('Close')),
  tag('div', { class: 'panel-body' }),
);

/** JSON as the content of an element. `<` is escaped, so that no string can end the element. */
function jsonMarkup(value: unknown): Markup {
  return { markup: JSON.stringify(value).replaceAll('<', '\\u003c') };
}
