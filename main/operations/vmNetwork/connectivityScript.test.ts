import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorCodes } from '../../../shared/contract/errors.ts';
import { TestLab } from '../../lab/testing/testLab.ts';
import { catalogueProblems } from '../powershell/testing/catalogue.ts';

let test: TestLab;

beforeEach(async () => {
  test = new TestLab();
  await test.open();
});
afterEach(() => test.dispose());

const nat = (ipAddress?: string) => ({ vmNetwork: 'Fabrikam', directConnection: { routing: 'NAT', gatewayDevice: 'Gateway01', ...(ipAddress === undefined ? {} : { ipAddress }) } });

function cmdlets(input: unknown): string[] {
  const { script } = test.lab.operations.script('vmNetwork.setConnectivity', input);
  expect(catalogueProblems(script)).toEqual([]);
  return script.commands.map(({ cmdlet }) => cmdlet);
}

describe('PowerShell of the Connectivity page', () => {
  it('adds the gateway and the NAT connection with the chosen address', () => {
    expect(cmdlets(nat('203.0.113.77'))).toEqual(['Get-SCVMNetwork', 'Get-SCNetworkGateway', 'Add-SCVMNetworkGateway', 'Get-SCLogicalNetwork', 'Get-SCLogicalNetworkDefinition', 'Get-SCStaticIPAddressPool', 'Add-SCNATConnection']);
    expect(String(test.lab.operations.script('vmNetwork.setConnectivity', nat('203.0.113.77')).script)).toContain('-ExternalIPAddress "203.0.113.77"');
  });

  it('takes away what is there before it changes it, and to switch it off', async () => {
    await test.nat('Fabrikam');
    expect(cmdlets(nat('203.0.113.77'))).toEqual(['Get-SCVMNetwork', 'Get-SCVMNetworkGateway', 'Get-SCNATConnection', 'Remove-SCNATConnection', 'Get-SCLogicalNetwork', 'Get-SCLogicalNetworkDefinition', 'Get-SCStaticIPAddressPool', 'Add-SCNATConnection']);
    expect(cmdlets({ vmNetwork: 'Fabrikam', directConnection: null })).toEqual(['Get-SCVMNetwork', 'Get-SCVMNetworkGateway', 'Remove-SCVMNetworkGateway']);
  });

  it('is refused for a wrong input as the operation itself is', () => {
    expect(() => test.lab.operations.script('vmNetwork.setConnectivity', nat('10.0.0.1'))).toThrow(expect.objectContaining({ code: errorCodes.addressOutsidePool }));
  });
});
