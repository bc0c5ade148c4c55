/**
 * The script of the page. It shows the evidence for the box or line under the pointer, or with the focus, and
 * simulates failures. Without the script, the page has the same content as text. The script creates elements and sets
 * their text, and never parses markup.
 */
export const pageScript = `'use strict';
(() => {
  const one = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const svg = one('.canvas .picture');
  const panel = one('.panel');
  const body = one('.panel-body');
  const lines = all('.line', svg);
  const boxes = new Map(all('[data-box]', svg).map((box) => [box.dataset.box, box]));
  let pinned = false;

  function light(lit) {
    svg.classList.toggle('tracing', lit !== undefined);
    for (const line of lines) line.classList.toggle('lit', lit !== undefined && lit.lines.includes(line));
    for (const [name, box] of boxes) box.classList.toggle('lit', lit !== undefined && lit.boxes.has(name));
  }
  function around(name) {
    const own = lines.filter((line) => line.dataset.from === name || line.dataset.to === name);
    return { lines: own, boxes: new Set([name, ...own.flatMap((line) => [line.dataset.from, line.dataset.to])]) };
  }
  function show(anchors) {
    body.replaceChildren();
    for (const anchor of anchors) {
      const entry = document.getElementById(anchor);
      if (entry === null) continue;
      const copy = entry.cloneNode(true);
      copy.removeAttribute('id');
      body.append(copy);
    }
    panel.hidden = body.childElementCount === 0;
  }
  function hide() {
    pinned = false;
    panel.classList.remove('pinned');
    panel.hidden = true;
    light(undefined);
  }
  function look(target) {
    const line = target.closest('.line');
    if (line !== null) {
      light({ lines: [line], boxes: new Set([line.dataset.from, line.dataset.to]) });
      return [line.dataset.evidence];
    }
    const box = target.closest('[data-box]');
    const link = target.closest('a');
    if (box === null || link === null) return undefined;
    light(around(box.dataset.box));
    const own = lines.filter((each) => each.dataset.from === box.dataset.box);
    return link.closest('.part') === null
      ? [link.dataset.evidence, ...own.map((each) => each.dataset.evidence)]
      : [link.dataset.evidence];
  }
  const enter = (event) => {
    if (pinned) return;
    const anchors = look(event.target);
    if (anchors === undefined) hide();
    else show(anchors);
  };
  svg.addEventListener('pointerover', enter);
  svg.addEventListener('focusin', enter);
  svg.addEventListener('pointerleave', () => { if (!pinned) hide(); });
  svg.addEventListener('focusout', (event) => {
    if (!pinned && !svg.contains(event.relatedTarget)) hide();
  });
  svg.addEventListener('click', (event) => {
    pinned = false;
    const anchors = look(event.target);
    if (anchors === undefined) return hide();
    event.preventDefault();
    show(anchors);
    pinned = !panel.hidden;
    panel.classList.toggle('pinned', pinned);
  });
  one('.panel button').addEventListener('click', hide);
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape') hide(); });

  const failures = JSON.parse(one('#failure-data').textContent);
  const select = one('#failure');
  const outcome = one('.outcome');
  for (const status of all('.status', svg)) status.dataset.normal = status.textContent;
  for (const group of new Set(failures.map((each) => each.group))) {
    const options = document.createElement('optgroup');
    options.label = group;
    failures.forEach((each, index) => {
      if (each.group !== group) return;
      const option = document.createElement('option');
      option.value = String(index);
      option.textContent = each.title;
      options.append(option);
    });
    select.append(options);
  }
  function play(failure) {
    for (const [name, box] of boxes) {
      const [state, words] = failure === undefined ? [] : (failure.boxes[name] ?? []);
      const status = one('.status', box);
      if (state === undefined) delete box.dataset.state;
      else box.dataset.state = state;
      if (status !== null) status.textContent = words || status.dataset.normal;
    }
    const lost = failure === undefined ? [] : failure.nodes;
    for (const part of all('.part-node', svg)) {
      if (lost.includes(part.dataset.part.slice('node:'.length))) part.dataset.state = 'down';
      else delete part.dataset.state;
    }
    for (const chip of all('.chip', svg)) chip.classList.toggle('gone', lost.includes(chip.dataset.node));
    for (const line of lines) {
      const isDead = failure !== undefined && [line.dataset.from, line.dataset.to].some((name) => failure.boxes[name]?.[0] === 'down');
      line.classList.toggle('dead', isDead);
    }
    outcome.replaceChildren();
    if (failure === undefined) return;
    const heading = document.createElement('h3');
    heading.textContent = 'When ' + failure.title + ', at worst';
    const list = document.createElement('ul');
    for (const sentence of failure.sentences.length === 0 ? ['No workload is affected.'] : failure.sentences) {
      const item = document.createElement('li');
      item.textContent = sentence;
      list.append(item);
    }
    outcome.append(heading, list);
  }
  select.addEventListener('change', () => play(select.value === '' ? undefined : failures[Number(select.value)]));
  for (const hidden of all('[data-scripted]')) hidden.hidden = false;
  const asked = failures.findIndex((each) => location.hash === '#when-' + each.id);
  if (asked >= 0) {
    select.value = String(asked);
    play(failures[asked]);
  }
})();`;
