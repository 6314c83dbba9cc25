import { describe, expect, it } from 'vitest';
import { problem } from '../../../shared/contract/errors.ts';
import { askedFor, firstWrongPage, owns, pageOf } from './wizardProblems.ts';

const pages = [{ owns: ['name', 'description'] }, { owns: ['sites'] }];
const at = (...path: (string | number)[]) => problem('invalidInput', path, 'Wrong.', 'Mend it.');

describe('pages of problems', () => {
  it('owns what begins with its path, and not what only looks like it', () => {
    expect(owns({ owns: ['sites'] }, at('sites', 0, 'name'))).toBe(true);
    expect(owns({ owns: ['name'] }, at('names'))).toBe(false);
    expect(owns({ owns: ['sites.0'] }, at('sites', 1))).toBe(false);
  });

  it('gives what nobody owns to the summary', () => {
    expect(pageOf(pages, at('somethingElse'))).toBe(2);
    expect(pageOf(pages, at())).toBe(2);
  });

  it('shows nothing of pages that are still to come', () => {
    const problems = [at('sites', 0), at('name')];
    expect(askedFor(pages, problems, 0)).toEqual([problems[1]]);
    expect(askedFor(pages, problems, 1)).toEqual(problems);
  });

  it('goes to the first page with a problem', () => {
    expect(firstWrongPage(pages, [at('other'), at('sites', 1)])).toBe(1);
    expect(firstWrongPage(pages, [])).toBeUndefined();
  });
});
