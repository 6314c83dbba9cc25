import { describe, expect, it } from 'vitest';
import { quote, reference, Script, scriptSwitch } from './script.ts';

describe('quote', () => {
  it.each([
    ['WSG', '"WSG"'],
    ['a "b"', '"a `"b`""'],
    ['$(Remove-Item C:\\)', '"`$(Remove-Item C:\\)"'],
    ['back`tick', '"back``tick"'],
    ['typographic \u201d; Stop-Computer \u201c', '"typographic `\u201d; Stop-Computer `\u201c"'],
    ['two\nlines', '"two`nlines"'],
  ])('%j', (text, expected) => {
    expect(quote(text)).toBe(expected);
  });
});

describe('Script', () => {
  it('writes the shape of the network service script (fact sheet §1.8)', () => {
    const script = new Script();
    const account = script.set('runAsAccount', 'Get-SCRunAsAccount', { ID: '1' });
    script.comment("Get Configuration Provider 'P'");
    const groups = script.value('vmHostGroup', []);
    script.append('vmHostGroup', 'Get-SCVMHostGroup', { ID: '2' });
    script.run('Add-SCNetworkService', { Name: 'WSG', RunAsAccount: account, VMHostGroup: groups, RunAsynchronously: scriptSwitch, Certificate: reference('certificates') });
    script.value('frontEndAdapter', reference('networkServiceCapabilities', 'NetworkAdapters', 1));
    expect(script.toString().split('\n')).toEqual([
      '$runAsAccount = Get-SCRunAsAccount -ID "1"',
      "# Get Configuration Provider 'P'",
      '$vmHostGroup = @()',
      '$vmHostGroup += Get-SCVMHostGroup -ID "2"',
      'Add-SCNetworkService -Name "WSG" -RunAsAccount $runAsAccount -VMHostGroup $vmHostGroup -RunAsynchronously -Certificate $certificates',
      '$frontEndAdapter = $networkServiceCapabilities.NetworkAdapters[1]',
      '',
    ]);
  });

  it('keeps a comment on its line', () => {
    expect(new Script().comment("Get Network Site 'a\nStop-Computer'").toString()).toBe("# Get Network Site 'a Stop-Computer'\n");
  });

  it('lists and booleans', () => {
    expect(new Script().run('Set-X', { List: ['a', 1], On: true, Off: false }).toString()).toBe('Set-X -List @("a", 1) -On $true -Off $false\n');
  });
});
