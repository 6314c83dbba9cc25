/** Cmdlets of Windows Server 2012 R2 that scripts use and the extract of the VMM help does not have, as far as they use them. */
export const windowsCmdlets = {
  'Get-Credential': { UserName: { type: 'String' }, Message: { type: 'String', required: true } },
  'Install-WindowsFeature': { Name: { type: 'Feature[]', required: true }, IncludeManagementTools: { type: 'SwitchParameter' } },
  'Rename-NetAdapter': { Name: { type: 'String[]', required: true }, NewName: { type: 'String', required: true } },
  'Set-NetFirewallProfile': { Profile: { type: 'String[]', values: ['Domain', 'Private', 'Public'] }, Enabled: { type: 'GpoBoolean', values: ['True', 'False', 'NotConfigured'] } },
};
