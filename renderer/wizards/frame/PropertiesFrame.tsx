/** Properties of an object, as VMM draws them: pages left, the chosen page right, OK and Cancel at the foot. Modal. */
import { Button, Dialog, DialogSurface, mergeClasses, Spinner } from '@fluentui/react-components';
import { Dismiss20Regular, ErrorCircle16Filled } from '@fluentui/react-icons';
import { useId, type KeyboardEvent, type ReactNode } from 'react';
import { useFocusReturn } from '../../views/shared/useFocusReturn.ts';
import { useFrameStyles } from './frameStyles.ts';

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
  /** *View Script*, where there is one. */
  readonly onScript?: () => void;
  readonly onAccept: () => void;
  readonly onCancel: () => void;
}

export function PropertiesFrame<Id extends string>(props: PropertiesFrameProps<Id>) {
  const { title, icon, pages, pageId, notice, isBusy, canAccept, onScript, onAccept, onCancel } = props;
  const styles = useFrameStyles();
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
            {onScript !== undefined && (
              <Button disabledFocusable={!canAccept || isBusy} onClick={onScript}>
                View Script
              </Button>
            )}
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
  const styles = useFrameStyles();
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
