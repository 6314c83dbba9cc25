/** Page Select Host: every host with its stars; what takes them away is said for the chosen one. For a new machine and for one that moves. */
import { makeStyles, mergeClasses, Radio, RadioGroup, tokens } from '@fluentui/react-components';
import type { ConsoleError } from '../../../shared/contract/errors.ts';
import type { HostRatingView, PlacementInput } from '../../../shared/contract/library.ts';
import { useProcedure } from '../../bridge/queries.ts';
import { ErrorState, LoadingState } from '../../views/shared/states.tsx';
import { usePageStyles } from '../frame/pageStyles.ts';
import { WizardField } from '../frame/WizardField.tsx';
import { starText } from './form.ts';

const useStyles = makeStyles({
  hosts: { maxHeight: '220px', overflow: 'auto', border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium, padding: '4px 0' },
  host: { display: 'grid', gridTemplateColumns: '80px 300px 130px', gap: '12px', alignItems: 'center' },
  stars: { color: tokens.colorBrandForeground1, letterSpacing: '1px' },
  none: { color: tokens.colorNeutralForeground3 },
  count: { color: tokens.colorNeutralForeground3, fontSize: '12px', textAlign: 'end' },
  reasons: { margin: 0, paddingInlineStart: '20px', fontSize: '13px', lineHeight: '20px' },
  excludes: { color: tokens.colorPaletteRedForeground1 },
  title: { margin: '0 0 4px', fontSize: '13px', fontWeight: tokens.fontWeightSemibold },
});

interface HostPageProps {
  readonly placement: PlacementInput;
  /** Id, or empty. */
  readonly host: string;
  readonly onChange: (host: string) => void;
}

export function HostPage({ placement, ...choice }: HostPageProps) {
  return <HostChoice {...choice} {...useProcedure('virtualMachine.placement', placement)} />;
}

interface HostChoiceProps extends Omit<HostPageProps, 'placement'> {
  readonly data: { readonly hosts: readonly HostRatingView[] } | undefined;
  readonly error: ConsoleError | null;
}

export function HostChoice({ data, error, host, onChange }: HostChoiceProps) {
  const pageStyles = usePageStyles();
  const styles = useStyles();
  if (error !== null) return <ErrorState error={error} />;
  if (data === undefined) return <LoadingState what="host ratings" />;
  const chosen = data.hosts.find(({ id }) => id === host);
  return (
    <div className={pageStyles.wide}>
      <WizardField path="host" label="Hosts, best first" required hint={data.hosts.length === 0 ? 'No host has been added in Fabric › Servers.' : null}>
        <RadioGroup className={styles.hosts} value={host} onChange={(_event, { value }) => onChange(value)}>
          {data.hosts.map((entry) => (
            <Radio key={entry.id} value={entry.id} label={<HostLine rating={entry} />} />
          ))}
        </RadioGroup>
      </WizardField>
      {chosen !== undefined && <Explanation rating={chosen} />}
    </div>
  );
}

function HostLine({ rating: { name, stars, virtualMachines } }: { readonly rating: HostRatingView }) {
  const styles = useStyles();
  return (
    <span className={styles.host}>
      <span role="img" aria-label={`${stars} of 5 stars`} className={mergeClasses(styles.stars, stars === 0 && styles.none)}>
        {starText(stars)}
      </span>
      <span>{name}</span>
      <span className={styles.count}>{`${virtualMachines} virtual machine${virtualMachines === 1 ? '' : 's'}`}</span>
    </span>
  );
}

function Explanation({ rating: { name, stars, reasons } }: { readonly rating: HostRatingView }) {
  const styles = useStyles();
  return (
    <section aria-label="Rating explanation" aria-live="polite">
      <h3 className={styles.title}>{`Rating explanation: ${name}, ${stars} of 5 stars`}</h3>
      <ul className={styles.reasons}>
        {reasons.map(({ effect, text }) => (
          <li key={text} className={effect === 'excludes' ? styles.excludes : undefined}>
            {text}
          </li>
        ))}
      </ul>
    </section>
  );
}
