/** One network site: host groups, VLANs and subnets, name (fact sheet §2.1). */
import { Button, Input, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Add16Regular, Dismiss16Regular } from '@fluentui/react-icons';
import { Fragment } from 'react';
import type { LogicalNetworkKind } from '../../../shared/contract/networkingOperations.ts';
import { HostGroupTree } from '../frame/HostGroupTree.tsx';
import { usePageStyles } from '../frame/pageStyles.ts';
import { WizardField } from '../frame/WizardField.tsx';
import { emptySubnet, type SiteForm, type SubnetForm } from './form.ts';

const useStyles = makeStyles({
  grid: { display: 'grid', gap: '4px', alignItems: 'start' },
  two: { gridTemplateColumns: '96px minmax(0, 1fr) 32px' },
  three: { gridTemplateColumns: '96px 112px minmax(0, 1fr) 32px' },
  head: { fontSize: '12px', color: tokens.colorNeutralForeground3 },
});

interface SiteEditorProps {
  readonly site: SiteForm;
  /** Path of the site in the input. */
  readonly path: string;
  readonly kind: LogicalNetworkKind;
  readonly onChange: (site: SiteForm) => void;
}

export function SiteEditor({ site, path, kind, onChange }: SiteEditorProps) {
  const page = usePageStyles();
  return (
    <div className={page.wide}>
      <WizardField path={`${path}.hostGroups`} label="Host groups that can use this network site" required>
        <HostGroupTree chosen={site.hostGroups} onChange={(hostGroups) => onChange({ ...site, hostGroups })} />
      </WizardField>
      <SubnetGrid rows={site.subnets} path={`${path}.subnets`} kind={kind} onChange={(subnets) => onChange({ ...site, subnets })} />
      <WizardField path={`${path}.name`} label="Network site name" required hint={site.users.length === 0 ? null : `Used by ${site.users.join(', ')}`}>
        <Input value={site.name} autoComplete="off" spellCheck={false} onChange={(_event, { value }) => onChange({ ...site, name: value })} />
      </WizardField>
    </div>
  );
}

interface SubnetGridProps {
  readonly rows: readonly SubnetForm[];
  readonly path: string;
  readonly kind: LogicalNetworkKind;
  readonly onChange: (rows: readonly SubnetForm[]) => void;
}

function SubnetGrid({ rows, path, kind, onChange }: SubnetGridProps) {
  const styles = useStyles();
  const page = usePageStyles();
  const isPrivate = kind === 'privateVlan';
  const set = (at: number, change: Partial<SubnetForm>) => onChange(rows.map((row, other) => (other === at ? { ...row, ...change } : row)));
  const cell = (at: number, field: keyof SubnetForm, label: string, placeholder: string) => (
    <WizardField path={`${path}.${at}.${field}`}>
      <Input aria-label={`${label} ${at + 1}`} className={mergeClasses(page.cell, page.mono)} value={rows[at]?.[field] ?? ''} placeholder={placeholder} autoComplete="off" spellCheck={false} onChange={(_event, { value }) => set(at, { [field]: value })} />
    </WizardField>
  );
  return (
    <WizardField path={path} isGroup label="Associated VLANs and IP subnets">
      <div role="group" aria-label="Associated VLANs and IP subnets" className={page.wide}>
        <div className={`${styles.grid} ${isPrivate ? styles.three : styles.two}`}>
          <span className={styles.head}>{isPrivate ? 'Primary VLAN' : 'VLAN'}</span>
          {isPrivate && <span className={styles.head}>Secondary VLAN</span>}
          <span className={styles.head}>IP subnet</span>
          <span />
          {rows.map((_row, at) => (
            <Fragment key={at}>
              {cell(at, 'vlan', isPrivate ? 'Primary VLAN' : 'VLAN', isPrivate ? '' : 'None')}
              {isPrivate && cell(at, 'secondaryVlan', 'Secondary VLAN', '')}
              {cell(at, 'subnet', 'IP subnet', '192.168.1.0/24')}
              <Button appearance="subtle" icon={<Dismiss16Regular />} aria-label={`Delete row ${at + 1}`} onClick={() => onChange(rows.filter((_, other) => other !== at))} />
            </Fragment>
          ))}
        </div>
        <div>
          <Button size="small" icon={<Add16Regular />} onClick={() => onChange([...rows, emptySubnet])}>
            Insert row
          </Button>
        </div>
      </div>
    </WizardField>
  );
}
