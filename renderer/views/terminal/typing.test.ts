import { describe, expect, it } from 'vitest';
import { complete, emptyHistory, look, remember, type History } from './typing.ts';

const commands = ['cls', 'Get-NetCompartment', 'Get-NetIPAddress', 'Get-NetRoute', 'ping'];

describe('history', () => {
  const after = (...lines: readonly string[]): History => lines.reduce(remember, emptyHistory);

  it('goes back from the newest line and forth again to an empty one', () => {
    const first = look(after('ping 1.2.3.4', 'arp -a'), -1);
    expect(first.line).toBe('arp -a');
    const second = look(first.history, -1);
    expect(second.line).toBe('ping 1.2.3.4');
    expect(look(second.history, -1).line).toBe('ping 1.2.3.4');
    expect(look(look(second.history, 1).history, 1).line).toBe('');
    expect(look(emptyHistory, -1).line).toBe('');
  });

  it('keeps no empty line, none twice in a row, and the newest fifty', () => {
    expect(after('a', 'a', ' ', 'b', 'a').lines).toEqual(['a', 'b', 'a']);
    expect(after(...Array.from({ length: 60 }, (_, at) => `line ${at}`)).lines).toEqual(Array.from({ length: 50 }, (_, at) => `line ${at + 10}`));
  });
});

describe('completion', () => {
  it('goes from name to name and round again, in any case, also behind a pipe', () => {
    const first = complete('get-net', commands, undefined);
    expect(first?.line).toBe('Get-NetCompartment');
    const second = complete(first?.line ?? '', commands, first);
    expect(second?.line).toBe('Get-NetIPAddress');
    const third = complete(second?.line ?? '', commands, second);
    expect(complete(third?.line ?? '', commands, third)?.line).toBe('Get-NetCompartment');
    expect(complete('x | pi', commands, undefined)?.line).toBe('x | ping');
  });

  it('begins anew when something was typed since, and leaves arguments and unknown names alone', () => {
    const first = complete('get-net', commands, undefined);
    expect(complete('c', commands, first)?.line).toBe('cls');
    expect(complete('ping c', commands, undefined)).toBeUndefined();
    expect(complete('zz', commands, undefined)).toBeUndefined();
    expect(complete('', commands, undefined)).toBeUndefined();
  });
});
