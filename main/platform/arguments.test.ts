import { describe, expect, it } from 'vitest';
import { parseSwitches } from './arguments.ts';

describe('parseSwitches', () => {
  it('has defaults and lets the switches of Chromium pass', () => {
    expect(parseSwitches(['electron', '.', '--no-sandbox', '--lang=de', '-x'])).toEqual({ jobPace: 150, lab: 'contoso', gateway: 'connected' });
  });

  it('reads its own', () => {
    expect(parseSwitches(['--database=/tmp/a b.sqlite', '--job-pace=0', '--lab=none', '--gateway=absent'])).toEqual({
      database: '/tmp/a b.sqlite', jobPace: 0, lab: 'none', gateway: 'absent',
    });
  });

  it.each(['--job-pace=fast', '--job-pace=-1', '--lab=', '--gateway=half', '--database='])('refuses %s with a sentence', (argument) => {
    expect(() => parseSwitches([argument])).toThrow(/Known switches/);
  });
});
