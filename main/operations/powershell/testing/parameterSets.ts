/**
 * Mandatory parameters by parameter set, for cmdlets that have several: the extract of the help says only that a parameter is mandatory
 * in one of them. From the syntax lines of the cmdlet help of System Center 2012 R2. Not given here: all of them are mandatory together.
 */
export const parameterSets: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'Add-SCNATConnection': [['VMNetworkGateway']],
  'Add-SCNetworkConnection': [
    ['LogicalNetworkDefinition', 'Name', 'Service'],
    ['VMSubnet', 'Name', 'Service'],
  ],
  'Add-SCNetworkService': [
    ['ConfigurationProvider', 'ConnectionString', 'Name', 'RunAsAccount', 'VMHostGroup'],
    ['Manufacturer', 'Model', 'ConnectionString', 'Name', 'RunAsAccount', 'VMHostGroup'],
  ],
  'Add-SCVMHost': [['ComputerName', 'Credential']],
  'Add-SCVMNetworkGateway': [['Name', 'VMNetwork', 'NetworkGateway']],
  'Add-SCVPNConnection': [['Protocol', 'VMNetworkGateway']],
  'Get-SCBGPPeer': [['VMNetworkGateway'], ['ID']],
  'Get-SCIPAddress': [['StaticIPAddressPool'], ['IPAddress'], ['GrantToObjectID'], ['ID']],
  'Get-SCLogicalNetwork': [[]],
  'Get-SCLogicalNetworkDefinition': [[]],
  'Get-SCNATConnection': [['VMNetworkGateway'], ['ID']],
  'Get-SCNATRule': [['NATConnection'], ['VMNetworkGateway'], ['ID']],
  'Get-SCNetworkConnection': [['Service'], ['ID']],
  'Get-SCNetworkGateway': [['Name'], ['ID']],
  'Get-SCNetworkService': [['Name'], ['ID']],
  'Get-SCStaticIPAddressPool': [[]],
  'Get-SCVMHost': [[]],
  'Get-SCVMHostGroup': [[]],
  'Get-SCVMHostNetworkAdapter': [['VMHost'], ['ID']],
  'Get-SCVMNetwork': [[]],
  'Get-SCVMNetworkGateway': [['VMNetwork'], ['ID']],
  'Get-SCVMSubnet': [[]],
  'Get-SCVPNConnection': [['VMNetworkGateway'], ['ID']],
  'Get-SCVirtualHardDisk': [['Name'], ['VM'], ['VMTemplate']],
  'Get-SCVirtualMachine': [[]],
  'Get-SCVirtualNetwork': [['VMHost'], ['ID']],
  'Get-SCVirtualNetworkAdapter': [['VM'], ['VMTemplate'], ['VMHost'], ['ID']],
  'New-SCDefaultGateway': [['IPAddress', 'Metric'], ['IPAddress']],
  'New-SCLogicalNetwork': [['Name']],
  'New-SCStaticIPAddressPool': [
    ['LogicalNetworkDefinition', 'Name', 'Subnet'],
    ['VMSubnet', 'Name', 'Subnet'],
  ],
  'New-SCVMConfiguration': [['VMHostGroup', 'VMTemplate']],
  'New-SCVMNetwork': [['Name', 'LogicalNetwork']],
  'New-SCVMSubnet': [['Name', 'VMNetwork', 'SubnetVLan']],
  'New-SCVMTemplate': [
    ['Name', 'VirtualHardDisk'],
    ['Name', 'VM'],
  ],
  'New-SCVirtualMachine': [['Name', 'VMConfiguration']],
  'New-SCVirtualNetwork': [['Name', 'VMHost', 'VMHostNetworkAdapters']],
  'New-SCVirtualNetworkAdapter': [['VMTemplate'], ['VM']],
  'Remove-SCVMHost': [['VMHost']],
  'Remove-SCVirtualNetwork': [['VirtualNetwork']],
  'Remove-SCVirtualNetworkAdapter': [['VirtualNetworkAdapter']],
  'Set-SCLogicalNetwork': [['LogicalNetwork']],
  'Set-SCVMConfiguration': [['VMConfiguration', 'VMHost']],
  'Set-SCVirtualNetwork': [['VirtualNetwork']],
  'Set-SCVirtualNetworkAdapter': [['VirtualNetworkAdapter']],
  'Set-SCVPNConnection': [['VPNConnection']],
  'Stop-SCVirtualMachine': [['VM']],
  'Update-SCVMConfiguration': [['VMConfiguration']],
};

/** Came with a later VMM, although the extract does not say so of them: they are not in the syntax of 2012 R2. */
export const laterParameters: Readonly<Record<string, readonly string[]>> = {
  'Add-SCNATConnection': ['VMNetwork'],
  'Get-SCNATConnection': ['VMNetwork'],
};
