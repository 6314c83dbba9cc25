/**
 * Names of jobs and steps. "Update network service device" and "Add connection network service device" are documented
 * (fact sheet §6.3); all others are our reconstruction (RECALL) in the same manner, kept here so that they are easy to correct.
 */
export const labels = {
  openLab: 'Open lab',
  createHostGroups: 'Create host groups',
  addHosts: 'Add virtual machine hosts',
  createLogicalNetworks: 'Create logical networks, network sites and static IP address pools',
  createRunAsAccounts: 'Create Run As accounts',
  createVmNetworks: 'Create VM networks and VM subnets',
  createVirtualMachines: 'Create virtual machines',
  createGatewayVirtualMachines: 'Create gateway virtual machines',
  addNetworkService: 'Add network service device',
  addConnection: 'Add connection network service device',
  removeNetworkService: 'Remove network service device',
  removeConnection: 'Remove connection network service device',
  testProvider: 'Test the configuration provider',
  createNetworkService: 'Create the network service',
  installDeviceConnection: 'Install device connection',
  configureRemoteAccess: 'Configure Remote Access as multitenant gateway',
  verifyMultitenant: 'Verify that the gateway is ready',
  giveBack: 'Give back what the network service held',
  createExternalNetwork: 'Connect the external network',
  changeVmNetwork: 'Change properties of VM network',
  reserveExternalAddress: 'Reserve external IP address',
  setUpVmNetworkGateway: 'Set up VM network gateway',
  setUpNatConnection: 'Set up NAT connection',
  removeNatConnection: 'Remove NAT connection',
  removeVmNetworkGateway: 'Remove VM network gateway',
  updateNetworkService: 'Update network service device',
  verifyGateway: 'Verify that the gateway carries the VM network',
  verifyGatewayReleased: 'Verify that the gateway has given the VM network up',
} as const;
