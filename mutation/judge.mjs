import { basename } from 'node:path';
import { load } from './program.mjs';

/** A test counts as an endless loop if it executes a mutant this many times more often than the original code. */
const PATIENCE = 100;

/**
 * Runs the tests against every mutant.
 *
 * @param report receives each mutant with its status: killed, survived or uncovered
 * @throws Error if a test fails without a mutant
 */
export function judge(root, script, mutants, report) {
  const switches = { activeMutant: undefined, currentTestId: undefined };
  globalThis.__stryker__ = switches;
  let tests = load(root, script);
  // A copy: code that runs later and outside of a test would also be counted as loading.
  const atLoad = { ...switches.mutantCoverage?.static };
  for (const [index, test] of tests.entries()) {
    switches.currentTestId = `test ${index}`;
    const failure = failureOf(test);
    if (failure !== undefined)
      throw new Error(`"${test.title}" fails without any mutant: ${failure.message}`);
  }
  switches.currentTestId = undefined;
  const { perTest } = switches.mutantCoverage;
  const hits = (id) => tests.map((_, index) => perTest[`test ${index}`]?.[id] ?? 0);

  const activate = (id, counts) => {
    switches.activeMutant = id;
    switches.hitCount = 0;
    switches.hitLimit = PATIENCE * (Math.max(...counts, atLoad[id] ?? 0) + 100);
  };
  const isKilledBy = (test) => {
    switches.hitCount = 0;
    return failureOf(test) !== undefined;
  };
  const renew = () => {
    switches.activeMutant = undefined;
    tests = load(root, script);
  };

  const killers = new Set();
  const judgeOne = (mutant) => {
    const counts = hits(mutant.id);
    const own = basename(mutant.fileName, '.ts');
    const covering = [...counts.keys()].filter(
      (index) => (counts[index] > 0 || mutant.id in atLoad) && isAsked(tests[index], own),
    );
    if (covering.length === 0) return { ...mutant, status: 'uncovered' };
    // A test that killed a neighbouring mutant probably also kills this mutant.
    const order = [
      ...covering.filter((index) => killers.has(`${own} ${index}`)).reverse(),
      ...covering.filter((index) => isOwn(tests[index], own)),
      ...covering,
    ];
    const kill = (index) => {
      killers.add(`${own} ${index}`);
      return { ...mutant, status: 'killed', by: tests[index].title };
    };
    if (!(mutant.id in atLoad)) {
      activate(mutant.id, counts);
      let isMet = true;
      const killer = order.find((index) => {
        const isKilled = isKilledBy(tests[index]);
        isMet &&= switches.hitCount > 0;
        return isKilled;
      });
      switches.activeMutant = undefined;
      // State that a mutant leaves behind could kill the next mutant.
      if (killer !== undefined && failureOf(tests[killer]) !== undefined) renew();
      if (killer !== undefined) return kill(killer);
      if (isMet) return { ...mutant, status: 'survived' };
    }
    // Values that were cached before the mutant was active may have hidden it, so the tests are loaded again.
    activate(mutant.id, counts);
    try {
      const fresh = load(root, script);
      const killer = [...order, ...fresh.keys()].find(
        (index) => !isSweep(fresh[index]) && isKilledBy(fresh[index]),
      );
      if (killer !== undefined) return kill(killer);
      return { ...mutant, status: 'survived' };
    } catch (error) {
      return { ...mutant, status: 'killed', by: `loading: ${error.message}` };
    } finally {
      switches.activeMutant = undefined;
    }
  };
  for (const mutant of mutants) report(judgeOne(mutant));
}

/** Tests with thousands of edits, which take seconds: they run only for mutants of their own rule, and are not loaded again. */
const isSweep = ({ title }) => title.endsWith('single edits');
const isAsked = (test, rule) => !isSweep(test) || isOwn(test, rule);

const isOwn = ({ title }, rule) => title.startsWith(`${rule}:`) || title.startsWith('the document');

function failureOf({ run }) {
  try {
    run();
    return undefined;
  } catch (error) {
    return error;
  }
}
