# Writes what a System Center 2012 R2 Virtual Machine Manager holds as JSON, for "Import VMM inventory..." of the HNV Gateway Console.
# It only reads: every cmdlet of VMM in it is a Get- cmdlet. Of Run As accounts it writes name and user, never a secret.
#
# How to run it: in the VMM console, choose PowerShell in the Window group of the Home tab (it connects to the VMM server), then
#
#   .\Export-VmmInventory.ps1 -Path C:\Temp\vmm-inventory.json
#
# An administrator or a read-only administrator can run it. With thousands of VM networks it takes some minutes.
# A property that your version of VMM does not have is written as null, and the console tells what it missed.
param([string]$Path = 'vmm-inventory.json')

$hostGroups = @(Get-SCVMHostGroup | ForEach-Object {
  [pscustomobject]@{ ID = "$($_.ID)"; Name = $_.Name; ParentID = "$($_.ParentHostGroup.ID)" }
})

$runAsAccounts = @(Get-SCRunAsAccount | ForEach-Object {
  [pscustomobject]@{ ID = "$($_.ID)"; Name = $_.Name; Description = $_.Description; UserName = $_.UserName }
})

$logicalNetworks = @(Get-SCLogicalNetwork | ForEach-Object {
  [pscustomobject]@{
    ID = "$($_.ID)"
    Name = $_.Name
    Description = $_.Description
    NetworkVirtualizationEnabled = $_.NetworkVirtualizationEnabled
    LogicalNetworkDefinitionIsolation = $_.IsLogicalNetworkDefinitionIsolated
    IsPVLAN = $_.IsPVLAN
  }
})

$logicalNetworkDefinitions = @(Get-SCLogicalNetworkDefinition | ForEach-Object {
  [pscustomobject]@{
    ID = "$($_.ID)"
    Name = $_.Name
    LogicalNetworkID = "$($_.LogicalNetwork.ID)"
    HostGroupIDs = @($_.HostGroups | ForEach-Object { "$($_.ID)" })
    SubnetVLans = @($_.SubnetVLans | ForEach-Object { [pscustomobject]@{ Subnet = $_.Subnet; VLanID = $_.VLanID; SecondaryVLanID = $_.SecondaryVLanID } })
  }
})

$staticIPAddressPools = @(Get-SCStaticIPAddressPool | ForEach-Object {
  [pscustomobject]@{
    ID = "$($_.ID)"
    Name = $_.Name
    Description = $_.Description
    LogicalNetworkDefinitionID = "$($_.LogicalNetworkDefinition.ID)"
    VMSubnetID = "$($_.VMSubnet.ID)"
    Subnet = $_.Subnet
    VLanID = $_.VLanID
    IPAddressRangeStart = $_.IPAddressRangeStart
    IPAddressRangeEnd = $_.IPAddressRangeEnd
    DefaultGateways = @($_.DefaultGateways | ForEach-Object { [pscustomobject]@{ IPAddress = "$($_.IPAddress)"; Metric = $_.Metric; IsAutomatic = $_.IsAutomatic } })
    DNSServers = @($_.DNSServers | ForEach-Object { "$_" })
    DNSSuffix = $_.DNSSuffix
    DNSSearchSuffixes = @($_.DNSSearchSuffixes | ForEach-Object { "$_" })
    WINSServers = @($_.WINSServers | ForEach-Object { "$_" })
    EnableNetBIOS = $_.EnableNetBIOS
    IPAddressReservedSet = $_.IPAddressReservedSet
    VIPAddressSet = $_.VIPAddressSet
  }
})

$vmHosts = @(Get-SCVMHost | ForEach-Object {
  [pscustomobject]@{
    ID = "$($_.ID)"
    Name = $_.Name
    HostGroupID = "$($_.VMHostGroup.ID)"
    RunAsAccount = "$($_.RunAsAccount.Name)"
    IsDedicatedToNetworkVirtualizationGateway = $_.IsDedicatedToNetworkVirtualizationGateway
    NetworkAdapters = @(Get-SCVMHostNetworkAdapter -VMHost $_ | ForEach-Object { [pscustomobject]@{ Name = $_.ConnectionName; MacAddress = $_.MacAddress } })
    VirtualNetworks = @(Get-SCVirtualNetwork -VMHost $_ | ForEach-Object { $_.Name })
  }
})

$vmNetworks = @(Get-SCVMNetwork)
$vmNetworkRows = @($vmNetworks | ForEach-Object {
  [pscustomobject]@{
    ID = "$($_.ID)"
    Name = $_.Name
    Description = $_.Description
    LogicalNetworkID = "$($_.LogicalNetwork.ID)"
    RoutingDomainID = "$($_.RoutingDomainID)"
    IsolationType = "$($_.IsolationType)"
  }
})

$vmSubnets = @(Get-SCVMSubnet | ForEach-Object {
  [pscustomobject]@{
    ID = "$($_.ID)"
    Name = $_.Name
    VMNetworkID = "$($_.VMNetwork.ID)"
    Subnets = @($_.SubnetVLans | ForEach-Object { $_.Subnet })
    VMSubnetID = $_.VMSubnetID
  }
})

$virtualMachines = @(Get-SCVirtualMachine | ForEach-Object {
  [pscustomobject]@{
    ID = "$($_.ID)"
    Name = $_.Name
    HostID = "$($_.VMHost.ID)"
    Generation = $_.Generation
    Status = "$($_.Status)"
    Adapters = @(Get-SCVirtualNetworkAdapter -VM $_ | ForEach-Object {
      [pscustomobject]@{
        ID = "$($_.ID)"
        Name = $_.Name
        MACAddress = $_.MACAddress
        VirtualNetwork = $_.VirtualNetwork
        VMNetworkID = "$($_.VMNetwork.ID)"
        VMSubnetID = "$($_.VMSubnet.ID)"
        IPv4Addresses = @($_.IPv4Addresses | ForEach-Object { "$_" })
      }
    })
  }
})

$networkServices = @(Get-SCNetworkGateway | ForEach-Object {
  [pscustomobject]@{
    ID = "$($_.ID)"
    Name = $_.Name
    Description = $_.Description
    Manufacturer = $_.Manufacturer
    Model = $_.Model
    ConnectionString = $_.ConnectionString
    RunAsAccount = "$($_.RunAsAccount.Name)"
    HostGroupIDs = @($_.HostGroups | ForEach-Object { "$($_.ID)" })
    Connections = @(Get-SCNetworkConnection -Service $_ | ForEach-Object {
      [pscustomobject]@{
        Name = $_.Name
        ConnectionType = "$($_.ConnectionType)"
        LogicalNetworkDefinitionID = "$($_.LogicalNetworkDefinition.ID)"
        NetworkAdapterID = "$($_.NetworkAdapter.ID)"
        NetworkAdapter = "$($_.NetworkAdapter.Name)"
      }
    })
  }
})

$vmNetworkGateways = @($vmNetworks | Where-Object { $_.HasGatewayConnection } | ForEach-Object { Get-SCVMNetworkGateway -VMNetwork $_ })
$vmNetworkGatewayRows = @($vmNetworkGateways | ForEach-Object {
  [pscustomobject]@{
    ID = "$($_.ID)"
    Name = $_.Name
    VMNetworkID = "$($_.VMNetworkId)"
    NetworkGatewayID = "$($_.NetworkGateway.ID)"
    IPSubnet = "$($_.IPSubnet)"
    EnableBGP = $_.EnableBGP
    AutonomousSystemNumber = $_.AutonomousSystemNumber
    BGPPeers = @($_.BGPPeers | ForEach-Object { [pscustomobject]@{ Name = $_.Name; PeerIPAddress = "$($_.PeerIPAddress)"; PeerASN = $_.PeerASN } })
  }
})

$natConnections = @($vmNetworkGateways | ForEach-Object {
  $gateway = $_
  Get-SCNATConnection -VMNetworkGateway $gateway | ForEach-Object {
    [pscustomobject]@{
      ID = "$($_.ID)"
      Name = $_.Name
      VMNetworkGatewayID = "$($gateway.ID)"
      ExternalIPAddress = "$($_.ExternalIPAddress)"
      Rules = @(Get-SCNATRule -NATConnection $_ | ForEach-Object {
        [pscustomobject]@{ Name = $_.Name; Protocol = "$($_.Protocol)"; ExternalPort = $_.ExternalPort; InternalIPAddress = "$($_.InternalIPAddress)"; InternalPort = $_.InternalPort }
      })
    }
  }
})

$vpnConnections = @($vmNetworkGateways | ForEach-Object {
  $gateway = $_
  Get-SCVPNConnection -VMNetworkGateway $gateway | ForEach-Object {
    [pscustomobject]@{
      ID = "$($_.ID)"
      Name = $_.Name
      VMNetworkGatewayID = "$($gateway.ID)"
      TargetVPNIPv4Address = "$($_.TargetVPNIPv4Address)"
      Enabled = $_.Enabled
      Protocol = "$($_.Protocol)"
      AuthenticationMethod = "$($_.AuthenticationMethod)"
      RunAsAccount = "$($_.Secret.Name)"
      MaximumInboundKbps = $_.MaximumBandwidthInboundKbps
      MaximumOutboundKbps = $_.MaximumBandwidthOutboundKbps
      EncryptionMethod = "$($_.EncryptionMethod)"
      IntegrityCheckMethod = "$($_.IntegrityCheckMethod)"
      CipherTransform = "$($_.CipherTransformConstants)"
      AuthenticationTransform = "$($_.AuthenticationTransformConstants)"
      PFSGroup = "$($_.PFSGroup)"
      DHGroup = "$($_.DHGroup)"
      Routes = @(Get-SCNetworkRoute -Gateway $gateway -VPNConnection $_ | ForEach-Object { "$($_.IPSubnet)" })
    }
  }
})

$inventory = [pscustomobject]@{
  Format = 'HNV Gateway Console VMM inventory'
  Version = 1
  VMMServer = $env:COMPUTERNAME
  HostGroups = $hostGroups
  RunAsAccounts = $runAsAccounts
  LogicalNetworks = $logicalNetworks
  LogicalNetworkDefinitions = $logicalNetworkDefinitions
  StaticIPAddressPools = $staticIPAddressPools
  Hosts = $vmHosts
  VMNetworks = $vmNetworkRows
  VMSubnets = $vmSubnets
  VirtualMachines = $virtualMachines
  NetworkServices = $networkServices
  VMNetworkGateways = $vmNetworkGatewayRows
  NATConnections = $natConnections
  VPNConnections = $vpnConnections
}
ConvertTo-Json -InputObject $inventory -Depth 8 -Compress | Set-Content -Path $Path -Encoding UTF8
