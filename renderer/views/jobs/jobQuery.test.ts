import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jobListQuerySchema, jobStatuses } from '../../../shared/contract/jobs.ts';
import { emptyQuery, instantOf, isEmpty, isSame, jobQuerySchema, localTime, nameProblem, queryParts, queryText, savedJobFiltersSchema, toggledStatus } from './jobQuery.ts';

const query = jobQuerySchema.parse({ text: 'pool', statuses: ['Failed', 'SucceedWithInfo'], operationIds: ['lab.open', 'gone'], owner: 'anna', from: '2026-03-01T08:00:00.000Z' });

describe('the query of the job list', () => {
  it('says each of its conditions, and goes on without any of them', () => {
    const parts = queryParts(query, new Map([['lab.open', 'Open lab']]));
    expect(parts.map(({ key, label }) => [key, label.split(' from ')[0]])).toEqual([
      ['statuses', 'Status: Failed, Completed w/ Info'], ['operationIds', 'Operation: Open lab, gone'], ['owner', 'Owner: anna'], ['from', 'Started'],
    ]);
    for (const { key, without } of parts) expect(queryParts(without, new Map()).map((part) => part.key)).toEqual(parts.map((part) => part.key).filter((other) => other !== key));
    expect(queryText({ ...emptyQuery('running'), text: 'x', owner: 'anna' })).toBe('Running; "x"; Owner: anna');
  });

  it('is empty only without any condition', () => {
    expect(isEmpty(emptyQuery('running'))).toBe(true);
    for (const change of [{ text: 'a' }, { statuses: ['Failed' as const] }, { operationIds: ['x'] }, { owner: 'a' }, { from: query.from }, { to: query.from }]) expect(isEmpty({ ...emptyQuery('all'), ...change })).toBe(false);
    expect(isSame(query, { ...query })).toBe(true);
    expect(isSame(query, { ...query, owner: 'ben' })).toBe(false);
  });

  it('is what the contract takes', () => {
    const { text, ...filter } = query;
    expect(jobListQuerySchema.parse({ filter: text, ...filter })).toMatchObject(filter);
  });

  it('keeps a time through the field of the form, to the minute', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }), (date) => {
        date.setSeconds(0, 0);
        expect(instantOf(localTime(date.toISOString()))).toBe(date.toISOString());
      }),
    );
    expect(localTime(null)).toBe('');
    expect(instantOf('')).toBeNull();
  });

  it('has each status once', () => {
    expect(jobStatuses.reduce<ReturnType<typeof toggledStatus>>((statuses, status) => toggledStatus(statuses, status), [])).toEqual([...jobStatuses]);
    expect(toggledStatus(['Failed', 'Running'], 'Failed')).toEqual(['Running']);
  });
});

describe('a saved filter', () => {
  it('needs a name of its own', () => {
    const saved = [{ id: '1', name: 'Failures', query }];
    expect(nameProblem(' ', saved)).toBe('Type a name.');
    expect(nameProblem('failures ', saved)).toContain('There is a filter of this name');
    expect(nameProblem('Failures of today', saved)).toBeUndefined();
  });

  it.each([{}, { id: '1', name: '', query: {} }, { id: '1', name: 'x', query: { statuses: ['Done'] } }, { id: '1', name: 'x', query: { from: 'soon' } }, null])('that is spoilt is none, and costs no other: %j', (spoilt) => {
    const good = { id: '2', name: 'Failures', query };
    expect(savedJobFiltersSchema.parse([spoilt, good])).toEqual([good]);
  });
});
