/** Properties of an object, as VMM draws them: pages left, the chosen page right, OK and Cancel at the foot. Modal. */
import { Button, Dialog, DialogSurface, makeStyles, mergeClasses, Spinner, tokens } from '@fluentui/react-components';
import { Dismiss20Regular, ErrorCircle16Filled } from '@fluentui/react-icons';
import { useId, type KeyboardEvent, type ReactNode } from 'react';
import { useFocusReturn } from '../../views/shared/useFocusReturn.ts';

const useStyles = makeStyles({
  surface: { maxWidth: 'min(860px, calc(100vw - 48px))', width: '860px', height: 'min(600px, calc(100vh - 48px))', padding: 0, borderRadius: tokens.borderRadiusMedium, overflow: 'hidden' },
  form: { height: '100%', display: 'grid', gridTemplateColumns: '200px minmax(0, 1fr)', gridTemplateRows: '44px minmax(0, 1fr) auto' },
  title: { gridColumn: '1 / -1', display: 'flex', alignItems: 'center', gap: '8px', padding: '0 8px 0 16px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  icon: { display: 'flex', color: tokens.colorBrandForeground1 },
  heading: { margin: 0, flexGrow: 1, fontSize: '16px', lineHeight: '22px', fontWeight: tokens.fontWeightSemibold, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  pages: { padding: '8px', display: 'flex', flexDirection: 'column', gap: '2px', backgroundColor: tokens.colorNeutralBackground2, borderRight: `1px solid ${tokens.colorNeutralStroke2}`, overflow: 'auto' },
  pageButton: {
    display: 'flex',
    alignItems: 'center',
    gap: '6px',
    minHeight: '32px',
    padding: '4px 8px',
    border: 'none',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: 'transparent',
    color: tokens.colorNeutralForeground1,
    fontFamily: 'inherit',
    fontSize: '13px',
    textAlign: 'start',
    cursor: 'default',
    ':hover': { backgroundColor: tokens.colorNeutralBackground2Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  pageOn: { backgroundColor: tokens.colorBrandBackground2, fontWeight: tokens.fontWeightSemibold },
  pageLabel: { flexGrow: 1 },
  wrong: { color: tokens.colorStatusDangerForeground1, display: 'flex' },
  content: { overflow: 'auto', padding: '16px 24px', minWidth: 0 },
  purpose: { margin: '0 0 16px', fontSize: '14px', lineHeight: '20px', fontWeight: tokens.fontWeightSemibold },
  foot: { gridColumn: '1 / -1', display: 'flex', alignItems: 'center', gap: '8px', padding: '12px 16px', borderTop: `1px solid ${tokens.colorNeutralStroke2}`, backgroundColor: tokens.colorNeutralBackground2 },
  notice: { flexGrow: 1, minWidth: 0 },
});

export interface PropertiesPage<Id extends string> {
  readonly id: Id;
  readonly label: string;
  /** One line on top of the page: what it is for. */
  readonly purpose: string;
  readonly isWrong?: boolean;
  readonly content: ReactNode;
}

interface PropertiesFrameProps<Id extends string> {
  readonly title: string;
  readonly icon: ReactNode;
  readonly pages: readonly PropertiesPage<Id>[];
  readonly pageId: Id;
  readonly onPage: (id: Id) => void;
  /** Beside the buttons: an error, or why OK waits. */
  readonly notice: ReactNode;
  readonly isBusy: boolean;
  readonly canAccept: boolean;
  readonly onAccept: () => void;
  readonly onCancel: () => void;
}

export function PropertiesFrame<Id extends string>(props: PropertiesFrameProps<Id>) {
  const { title, icon, pages, pageId, notice, isBusy, canAccept, onAccept, onCancel } = props;
  const styles = useStyles();
  const headingId = useId();
  useFocusReturn();
  const page = pages.find(({ id }) => id === pageId) ?? pages[0];
  return (
    <Dialog
      open
      modalType="modal"
      onOpenChange={(_event, { open, type }) => {
        // A click beside the window must not lose what was typed.
        if (!open && type !== 'backdropClick') onCancel();
      }}
    >
      <DialogSurface className={styles.surface} aria-labelledby={headingId}>
        <form
          className={styles.form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (canAccept && !isBusy) onAccept();
          }}
        >
          <div className={styles.title}>
            <span className={styles.icon} aria-hidden>
              {icon}
            </span>
            <h2 className={styles.heading} id={headingId}>
              {title}
            </h2>
            <Button appearance="subtle" icon={<Dismiss20Regular />} aria-label="Close" onClick={onCancel} />
          </div>
          <Pages {...props} />
          <div className={styles.content} role="tabpanel" aria-label={page?.label} key={page?.id}>
            <p className={styles.purpose}>{page?.purpose}</p>
            {page?.content}
          </div>
          <div className={styles.foot}>
            <div className={styles.notice} role="status">
              {notice}
            </div>
            {isBusy && <Spinner size="tiny" aria-label="Starting the job" />}
            <Button appearance="primary" type="submit" disabledFocusable={!canAccept || isBusy}>
              OK
            </Button>
            <Button onClick={onCancel}>Cancel</Button>
          </div>
        </form>
      </DialogSurface>
    </Dialog>
  );
}

function Pages<Id extends string>({ pages, pageId, onPage }: PropertiesFrameProps<Id>) {
  const styles = useStyles();
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const next = pages[pages.findIndex(({ id }) => id === pageId) + by];
    if (by === 0 || next === undefined) return;
    event.preventDefault();
    onPage(next.id);
    event.currentTarget.querySelector<HTMLElement>(`[data-page="${next.id}"]`)?.focus();
  };
  return (
    <div className={styles.pages} role="tablist" aria-label="Pages" aria-orientation="vertical" onKeyDown={onKeyDown}>
      {pages.map(({ id, label, isWrong }) => (
        <button
          key={id}
          type="button"
          role="tab"
          data-page={id}
          aria-selected={id === pageId}
          tabIndex={id === pageId ? 0 : -1}
          className={mergeClasses(styles.pageButton, id === pageId && styles.pageOn)}
          onClick={() => onPage(id)}
        >
          <span className={styles.pageLabel}>{label}</span>
          {isWrong === true && (
            <span className={styles.wrong}>
              <ErrorCircle16Filled aria-label="This page has an error" />
            </span>
          )}
        </button>
      ))}
    </div>
  );
}
