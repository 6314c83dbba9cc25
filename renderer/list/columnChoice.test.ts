import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chosenColumns, movedColumn, toggledColumn } from './columnChoice.ts';

const columns = [{ id: 'name' }, { id: 'status' }, { id: 'end', isOptional: true }, { id: 'owner' }];
const idsOf = (chosen: readonly string[] | undefined) => chosenColumns(columns, chosen).map(({ id }) => id);

describe('the columns of a list', () => {
  it('are those that are not optional, until somebody chooses', () => {
    expect(idsOf(undefined)).toEqual(['name', 'status', 'owner']);
  });

  it('are the chosen ones in their order; what is gone or named twice does not count', () => {
    expect(idsOf(['end', 'gone', 'name', 'end'])).toEqual(['end', 'name']);
    expect(idsOf(['gone'])).toEqual(['name', 'status', 'owner']);
    expect(idsOf([])).toEqual(['name', 'status', 'owner']);
  });

  it('come last, go, and the last one stays', () => {
    expect(toggledColumn(chosenColumns(columns, ['name', 'owner']), 'end')).toEqual(['name', 'owner', 'end']);
    expect(toggledColumn(chosenColumns(columns, ['name', 'owner']), 'name')).toEqual(['owner']);
    expect(toggledColumn(chosenColumns(columns, ['owner']), 'owner')).toEqual(['owner']);
  });

  it('move to a place, and no column is lost or doubled on the way', () => {
    expect(movedColumn(columns, 'owner', 0)).toEqual(['owner', 'name', 'status', 'end']);
    expect(movedColumn(columns, 'name', 9)).toEqual(['status', 'end', 'owner', 'name']);
    expect(movedColumn(columns, 'name', -1)).toEqual(['name', 'status', 'end', 'owner']);
    fc.assert(
      fc.property(fc.constantFrom('name', 'status', 'end', 'owner', 'gone'), fc.integer({ min: -2, max: 6 }), (id, to) => {
        const moved = movedColumn(columns, id, to);
        expect([...moved].sort()).toEqual(['end', 'name', 'owner', 'status']);
        if (id !== 'gone') expect(moved.indexOf(id)).toBe(Math.min(3, Math.max(0, to)));
      }),
    );
  });
});
