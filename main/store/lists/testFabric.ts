/** For tests: a small fabric in plain SQL, after the Contoso lab. Ids are short words, so that expectations can be read. */
import { ipv4 } from '../../../shared/net/ipv4.ts';
import type { Db } from '../database.ts';

const a = (text: string) => ipv4(text);

/** Two tenants with the same inner subnet; Fabrikam has NAT through Gateway01, Adatum has nothing. Gateway02 is not connected. */
export function insertTestFabric(db: Db): void {
  db.exec(`
    INSERT INTO lab VALUES (1, 'Contoso', 1, '2026-01-01T00:00:00.000Z');
    INSERT INTO host_group VALUES ('all', NULL, 'All Hosts'), ('dc', 'all', 'Contoso-DC'), ('empty', 'all', 'Empty');
    INSERT INTO host (id, host_group_id, name, is_virtual, is_dedicated_gateway, nic_name, nic_mac) VALUES ('h1', 'dc', 'HyperV01.contoso.lab', 0, 0, 'NIC1', 1), ('h2', 'dc', 'HyperV02.contoso.lab', 0, 0, 'NIC1', 2),
      ('hg', 'all', 'HyperVGW01.contoso.lab', 0, 1, 'NIC1', 3);
    INSERT INTO virtual_switch (id, host_id, name) VALUES ('sw1', 'h1', 'HNV_Switch'), ('sw1b', 'h1', 'Backup_Switch'), ('swg', 'hg', 'HNV_Switch');
    INSERT INTO logical_network (id, name, description, network_virtualization) VALUES ('ln-ext', 'Contoso_External_LN01', '', 0), ('ln-hnv', 'Contoso_HNV_LN01', '', 1), ('ln-other', 'Other_HNV_LN', '', 1);
    INSERT INTO network_site VALUES ('site-ext', 'ln-ext', 'External_0'), ('site-hnv', 'ln-hnv', 'HNV_0');
    INSERT INTO network_site_subnet (id, network_site_id, vlan, address, prefix_length) VALUES ('sub-ext', 'site-ext', 0, ${a('203.0.113.0')}, 24), ('sub-hnv', 'site-hnv', 10, ${a('172.16.40.0')}, 24);
    INSERT INTO run_as_account (id, name, description, kind, user_name, secret) VALUES ('raa1', 'GatewayLocalAdmin', 'Local administrator', 'credential', 'Administrator', NULL),
      ('raa2', 'Fabrikam_PSK', '', 'preSharedKey', 'fabrikam', x'0102');
    INSERT INTO vm_network (id, logical_network_id, name, description, routing_domain_id) VALUES ('adatum', 'ln-hnv', 'Adatum', '', 'rd-adatum'), ('fabrikam', 'ln-hnv', 'Fabrikam', '', 'rd-fabrikam'),
      ('lonely', 'ln-other', 'Lonely_100%', '', 'rd-lonely');
    INSERT INTO virtual_subnet VALUES (5001, 'adatum', 101), (5002, 'fabrikam', 102), (5003, 'fabrikam', 103), (5004, 'fabrikam', 104);
    INSERT INTO vm_subnet VALUES ('vs-adatum', 'adatum', 5001, 'Adatum subnet', ${a('10.30.1.0')}, 24),
      ('vs-fab-b', 'fabrikam', 5002, 'B', ${a('10.30.1.0')}, 24), ('vs-fab-a', 'fabrikam', 5003, 'A', ${a('10.30.2.0')}, 24);
    INSERT INTO ip_address_pool (id, network_site_subnet_id, vm_subnet_id, name, description, range_start, range_end) VALUES ('pool-ext', 'sub-ext', NULL, 'External pool', '', ${a('203.0.113.10')}, ${a('203.0.113.99')}),
      ('pool-hnv', 'sub-hnv', NULL, 'PA pool', '', ${a('172.16.40.10')}, ${a('172.16.40.250')}),
      ('pool-fab', NULL, 'vs-fab-b', 'Fabrikam pool', '', ${a('10.30.1.4')}, ${a('10.30.1.13')});
    INSERT INTO ip_address_pool_reservation (ip_address_pool_id, range_start, range_end) VALUES ('pool-ext', ${a('203.0.113.20')}, ${a('203.0.113.29')}), ('pool-ext', ${a('203.0.113.95')}, ${a('203.0.113.120')});
    INSERT INTO ip_address_allocation VALUES ('al-nat', 'pool-ext', ${a('203.0.113.10')}, 'NATConnection', 'nat1', ''),
      ('al-vip', 'pool-ext', ${a('203.0.113.20')}, 'VIP', 'vip', ''), ('al-vm1', 'pool-fab', ${a('10.30.1.4')}, 'VirtualNetworkAdapter', 'ad-vm1', ''),
      ('al-pa', 'pool-hnv', ${a('172.16.40.10')}, 'HostNetworkAdapter', 'h1', '');
    INSERT INTO virtual_machine (id, host_id, name, role, generation, running, firewall_on, remote_access_installed, vpn_deployed) VALUES ('vm1', 'h1', 'Fabrikam-VM01', 'tenant', 2, 1, 1, 0, 0), ('vm2', 'h2', 'Adatum-VM01', 'tenant', 2, 0, 1, 0, 0),
      ('gw1', 'hg', 'GatewayVM01', 'gateway', 2, 1, 0, 1, 1);
    INSERT INTO virtual_network_adapter (id, virtual_machine_id, slot, name, mac, virtual_switch_id, vm_subnet_id, network_site_subnet_id, ip_address_allocation_id) VALUES ('ad-vm1', 'vm1', 0, 'Ethernet', ${0x00155d010203}, 'sw1', 'vs-fab-b', NULL, 'al-vm1'),
      ('ad-vm1b', 'vm1', 1, 'Ethernet 2', 12, 'sw1', 'vs-fab-a', NULL, NULL), ('ad-vm2', 'vm2', 0, 'Ethernet', 13, NULL, 'vs-adatum', NULL, NULL),
      ('ad-gw-ext', 'gw1', 0, 'External', 14, 'swg', NULL, 'sub-ext', NULL), ('ad-gw-back', 'gw1', 2, 'Backend', 15, NULL, NULL, NULL, NULL);
    INSERT INTO provider_address VALUES ('pa1', 'h1', 5002, 'al-pa', 201);
    INSERT INTO network_service (id, name, description, manufacturer, model, run_as_account_id, connection_string, host_id, virtual_machine_id, direct_routing_mode, max_vm_networks) VALUES ('gs1', 'Gateway01', '', 'Microsoft', 'Microsoft Windows Server Gateway', 'raa1',
        'VMHost=HyperVGW01.contoso.lab;GatewayVM=GatewayVM01;BackendSwitch=HNV_Switch', 'hg', 'gw1', 0, 50),
      ('gs2', 'Gateway02', '', 'Microsoft', 'Microsoft Windows Server Gateway', 'raa1', 'VMHost=x;GatewayVM=y', NULL, NULL, 0, 50);
    INSERT INTO network_connection (id, network_service_id, connection_type, name, virtual_network_adapter_id, network_site_id) VALUES ('fe', 'gs1', 'FrontEnd', 'Front end', 'ad-gw-ext', 'site-ext'), ('be', 'gs1', 'BackEnd', 'Back end', 'ad-gw-back', 'site-hnv');
    INSERT INTO vm_network_gateway (id, vm_network_id, network_service_id, name, compartment_id, vsid, subnet_address, subnet_prefix_length, mac) VALUES ('g1', 'fabrikam', 'gs1', 'Fabrikam_Gateway', 2, 5004, ${a('10.254.254.0')}, 29, 301);
    INSERT INTO nat_connection (id, vm_network_gateway_id, name, ip_address_allocation_id, port_start, port_end) VALUES ('nat1', 'g1', 'Fabrikam_NatConnection', 'al-nat', 1, 49151);`);
}
