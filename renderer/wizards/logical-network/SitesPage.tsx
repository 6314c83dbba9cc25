/** Network sites of a logical network: the list left, the chosen one right. */
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Add16Regular, Dismiss16Regular, ErrorCircle16Filled } from '@fluentui/react-icons';
import { useContext, useEffect, useState } from 'react';
import type { Problem } from '../../../shared/contract/errors.ts';
import { usePageStyles } from '../frame/pageStyles.ts';
import { ShownProblemsContext, useProblem } from '../frame/WizardField.tsx';
import { sentence } from '../frame/wizardProblems.ts';
import { newSite, type LogicalNetworkForm, type SiteForm } from './form.ts';
import { SiteEditor } from './SiteEditor.tsx';

const useStyles = makeStyles({
  root: { display: 'grid', gridTemplateColumns: '190px minmax(0, 1fr)', gap: '16px', alignItems: 'start' },
  left: { display: 'flex', flexDirection: 'column', gap: '8px' },
  list: { display: 'flex', flexDirection: 'column', minHeight: '120px', maxHeight: '280px', overflow: 'auto', border: `1px solid ${tokens.colorNeutralStroke1}`, borderRadius: tokens.borderRadiusMedium },
  item: {
    display: 'flex', alignItems: 'center', gap: '4px', width: '100%', padding: '4px 8px', border: 'none', backgroundColor: 'transparent', color: tokens.colorNeutralForeground1, font: 'inherit', textAlign: 'start', cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  on: { backgroundColor: tokens.colorSubtleBackgroundSelected },
  name: { flexGrow: 1, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  wrong: { display: 'inline-flex', color: tokens.colorPaletteRedForeground1 },
  problem: { color: tokens.colorPaletteRedForeground1, fontSize: '12px' },
});

interface SitesPageProps {
  readonly form: LogicalNetworkForm;
  readonly onChange: (form: LogicalNetworkForm) => void;
}

export function SitesPage({ form, onChange }: SitesPageProps) {
  const styles = useStyles();
  const page = usePageStyles();
  const [chosen, setChosen] = useState(0);
  const ofAll = useProblem('sites');
  const { problems, asked } = useContext(ShownProblemsContext);
  const wrong = wrongSites(problems);
  useEffect(() => {
    // Turned to where something has to be mended.
    const [first] = wrong;
    if (first !== undefined && !wrong.includes(chosen)) setChosen(first);
  }, [asked]);
  const setSites = (sites: readonly SiteForm[], next: number) => {
    onChange({ ...form, sites });
    setChosen(Math.max(0, Math.min(next, sites.length - 1)));
  };
  const add = () => setSites([...form.sites, newSite(form.name, form.sites, [])], form.sites.length);
  const site = form.sites[chosen];
  return (
    <div className={styles.root}>
      <div className={styles.left}>
        <div className={page.row}>
          <Button size="small" icon={<Add16Regular />} onClick={add}>
            Add
          </Button>
          <Button size="small" icon={<Dismiss16Regular />} disabledFocusable={site === undefined} onClick={() => setSites(form.sites.filter((_, at) => at !== chosen), chosen)}>
            Remove
          </Button>
        </div>
        <div className={styles.list} role="listbox" aria-label="Network sites" tabIndex={form.sites.length === 0 ? 0 : -1}>
          {form.sites.map(({ id, name }, at) => (
            <button key={id === '' ? `new ${at}` : id} type="button" role="option" aria-selected={at === chosen} className={mergeClasses(styles.item, at === chosen && styles.on)} onClick={() => setChosen(at)}>
              <span className={styles.name} title={name}>
                {name === '' ? '(no name)' : name}
              </span>
              {wrong.includes(at) && (
                <span className={styles.wrong}>
                  <ErrorCircle16Filled aria-label="This network site has an error" />
                </span>
              )}
            </button>
          ))}
        </div>
        {ofAll?.path.length === 1 && (
          <div className={styles.problem} role="alert">
            {sentence(ofAll)}
          </div>
        )}
      </div>
      {site === undefined ? (
        <p className={page.hint}>A network site says in which host groups the network is, with which VLANs and IP subnets. Without one no host can use the network.</p>
      ) : (
        <SiteEditor key={chosen} site={site} path={`sites.${chosen}`} kind={form.kind} onChange={(changed) => onChange({ ...form, sites: form.sites.map((entry, at) => (at === chosen ? changed : entry)) })} />
      )}
    </div>
  );
}

/** Places of the sites that have a problem. */
function wrongSites(problems: readonly Problem[]): readonly number[] {
  return [...new Set(problems.flatMap(({ path: [first, at] }) => (first === 'sites' && typeof at === 'number' ? [at] : [])))];
}
