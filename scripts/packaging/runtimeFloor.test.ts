import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { missingInOldElectron } from './runtimeFloor.ts';

describe('what Electron 25 lacks', () => {
  it('is found where it is called', () => {
    expect(missingInOldElectron('if (!URL.canParse(text)) return;', 'main')).toEqual(['URL.canParse']);
    expect(missingInOldElectron('const a=Object.groupBy(rows,f);b=Promise.withResolvers()', 'renderer')).toEqual(['Object.groupBy', 'Promise.withResolvers']);
    expect(missingInOldElectron('const here = import.meta.dirname;', 'main')).toEqual(['import.meta']);
    expect(missingInOldElectron('color: light-dark(#fff, #000)', 'style')).toEqual(['light-dark()']);
  });

  it('is not seen in names that only look alike, in questions, or where modules are at home', () => {
    expect(missingInOldElectron('myURL.canParse(x); a.Object.groupBy(y); typeof URL.canParse', 'main')).toEqual([]);
    expect(missingInOldElectron('new URL("a.png", import.meta.url)', 'renderer')).toEqual([]);
  });

  it('names nothing that the running Node does not know, so that no entry is a misspelling', () => {
    const names = ['URL.canParse', 'URL.parse', 'AbortSignal.any', 'Array.fromAsync', 'Iterator.from', 'Map.groupBy', 'Object.groupBy', 'Promise.try', 'Promise.withResolvers', 'RegExp.escape'];
    const known = execFileSync(process.execPath, ['-p', `JSON.stringify([${names.map((name) => `typeof ${name}`).join(',')}])`], { encoding: 'utf8' });
    expect(JSON.parse(known)).toEqual(names.map(() => 'function'));
    for (const name of names) expect(missingInOldElectron(`${name}(x)`, 'main')).toEqual([name]);
  });
});
