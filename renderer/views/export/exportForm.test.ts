import { describe, expect, it } from 'vitest';
import { exportRequestSchema } from '../../../shared/contract/jobExport.ts';
import { jobQuerySchema } from '../jobs/jobQuery.ts';
import { initialForm, progressOf, requestOf, scopeOf, sizeText, timeProblem } from './exportForm.ts';

const filter = { ...initialForm('all'), choice: 'filter' as const };

describe('the form of an export', () => {
  it('begins with the job it was opened for, else with all jobs', () => {
    expect(scopeOf(initialForm('job'), 'j1', undefined)).toEqual({ kind: 'jobs', ids: ['j1'] });
    expect(scopeOf(initialForm('all'), undefined, undefined)).toEqual({ kind: 'filter', scope: 'all', statuses: [], operationIds: [], owner: '', text: '', from: null, to: null });
  });

  it('makes requests that the contract takes', () => {
    const form = { ...filter, statuses: ['Failed'] as const, text: ' nat ', from: '2026-03-01T08:00', to: '2026-03-02T08:00' };
    const request = exportRequestSchema.parse(requestOf(form, undefined, undefined));
    expect(request.scope).toMatchObject({ statuses: ['Failed'], text: 'nat', from: new Date(2026, 2, 1, 8).toISOString(), to: new Date(2026, 2, 2, 8).toISOString() });
  });

  it('makes none when the time ends before it begins, and says so', () => {
    const form = { ...filter, from: '2026-03-02T08:00', to: '2026-03-02T08:00' };
    expect(timeProblem(form)).toContain('before the beginning');
    expect(requestOf(form, undefined, undefined)).toBeUndefined();
    expect(timeProblem({ ...form, choice: 'all' })).toBeUndefined();
  });

  it('makes none for a job that is not there', () => {
    expect(requestOf(initialForm('job'), undefined, undefined)).toBeUndefined();
  });

  it('takes what the list is narrowed to, all of it', () => {
    const list = jobQuerySchema.parse({ scope: 'running', text: 'nat', statuses: ['Running'], operationIds: ['lab.open'], owner: 'anna', from: '2026-03-01T08:00:00.000Z' });
    expect(exportRequestSchema.parse(requestOf(initialForm('list'), undefined, list)).scope).toEqual({ kind: 'filter', ...list });
    expect(requestOf(initialForm('list'), undefined, undefined)).toBeUndefined();
  });

  it('says how much there is', () => {
    expect(sizeText({ jobs: 1, steps: 6, changes: 1 })).toBe('1 job with 6 steps and 1 change.');
    expect(sizeText({ jobs: 0, steps: 0, changes: 0 })).toContain('No job matches');
  });

  it('knows how far it is', () => {
    expect(progressOf({ done: 0, total: 0 })).toBeUndefined();
    expect(progressOf({ done: 1, total: 4 })).toBe(0.25);
  });
});
