/**
 * A wizard for one operation, as VMM draws them: steps left, the page right, Previous / Next / Finish / Cancel at the foot, the last page a
 * Summary with *View Script*. Main checks what was typed; the wizard only knows which page a problem belongs to.
 */
import { Button, Dialog, DialogSurface, mergeClasses, Spinner } from '@fluentui/react-components';
import { Checkmark16Regular, Dismiss20Regular, ErrorCircle16Filled } from '@fluentui/react-icons';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import type { OperationId } from '../../../shared/contract/operations.ts';
import { FactList, type Fact } from '../../views/shared/FactList.tsx';
import { useFocusReturn } from '../../views/shared/useFocusReturn.ts';
import { useFrameStyles } from './frameStyles.ts';
import { LeaveQuestion } from './LeaveQuestion.tsx';
import { ScriptWindow } from './ScriptWindow.tsx';
import { useNestedDialog } from './useNestedDialog.ts';
import { useOperationWizard, type OperationWizardState } from './useOperationWizard.ts';
import { ShownProblemsContext } from './WizardField.tsx';
import { firstWrongPage, owns, pageOf, sentence, type OwningPage } from './wizardProblems.ts';

export interface WizardPage extends OwningPage {
  readonly id: string;
  readonly label: string;
  /** One line on top of the page: what is asked here. */
  readonly purpose: string;
  readonly content: ReactNode;
}

export interface OperationWizardProps {
  readonly title: string;
  readonly icon: ReactNode;
  readonly operationId: OperationId;
  /** What would be started, as it is now; may be half-filled. */
  readonly input: unknown;
  readonly pages: readonly WizardPage[];
  readonly summary: readonly Fact[];
  /** False where a real VMM has no cmdlets for it. */
  readonly hasScript?: boolean;
  /** Something would be lost by closing. */
  readonly isTyped: boolean;
  readonly onClose: () => void;
  /** The wizard has closed; the job runs. */
  readonly onJobStarted: (jobId: string) => void;
}

export function OperationWizard(props: OperationWizardProps) {
  const { title, icon, pages, isTyped, onClose } = props;
  const styles = useFrameStyles();
  const headingId = useId();
  const wizard = useOperationWizard(props);
  const question = useNestedDialog();
  useFocusReturn();
  const leave = () => (isTyped ? question.open() : onClose());
  const page = pages[wizard.place];
  return (
    <Dialog
      open
      modalType="modal"
      onOpenChange={(_event, { open, type }) => {
        if (!open && type !== 'backdropClick') leave();
      }}
    >
      <DialogSurface className={styles.surface} aria-labelledby={headingId}>
        <form
          className={styles.form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (!wizard.isBusy) void wizard.goOn();
          }}
        >
          <div className={styles.title}>
            <span className={styles.icon} aria-hidden>
              {icon}
            </span>
            <h2 className={styles.heading} id={headingId}>
              {title}
            </h2>
            <Button appearance="subtle" icon={<Dismiss20Regular />} aria-label="Close" onClick={leave} />
          </div>
          <Steps pages={pages} wizard={wizard} />
          <PageArea key={wizard.place} label={page?.label ?? 'Summary'} purpose={page?.purpose ?? 'What will be done'}>
            <ShownProblemsContext value={wizard.shown}>{page === undefined ? <Summary {...props} /> : page.content}</ShownProblemsContext>
          </PageArea>
          <Foot pages={pages} wizard={wizard} onCancel={leave} />
        </form>
        <LeaveQuestion isOpen={question.isOpen} title={title} onStay={question.close} onLeave={onClose} />
      </DialogSurface>
    </Dialog>
  );
}

/** Puts the focus on the first thing to fill in whenever another page comes. */
function PageArea({ label, purpose, children }: { readonly label: string; readonly purpose: string; readonly children: ReactNode }) {
  const styles = useFrameStyles();
  const area = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The dialog puts the focus on its first button when it opens: this comes after it.
    const frame = requestAnimationFrame(() => {
      area.current?.querySelector<HTMLElement>('input:not([disabled]), textarea, button:not([disabled]), [tabindex="0"]')?.focus();
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <div className={styles.content} role="group" aria-label={label} ref={area}>
      <p className={styles.purpose}>{purpose}</p>
      {children}
    </div>
  );
}

function Steps({ pages, wizard }: { readonly pages: readonly WizardPage[]; readonly wizard: OperationWizardState }) {
  const styles = useFrameStyles();
  const steps = [...pages.map(({ label }) => label), 'Summary'];
  const wrong = new Set(wizard.shown.problems.map((problem) => pageOf(pages, problem)));
  return (
    <nav className={styles.pages} aria-label="Steps">
      {steps.map((label, place) => (
        <button
          key={label}
          type="button"
          aria-current={place === wizard.place ? 'step' : undefined}
          disabled={place > wizard.reached || wizard.isBusy}
          className={mergeClasses(styles.pageButton, place === wizard.place && styles.pageOn)}
          onClick={() => void wizard.goTo(place)}
        >
          <span className={styles.pageLabel}>{label}</span>
          {wrong.has(place) ? (
            <span className={styles.wrong}>
              <ErrorCircle16Filled aria-label="This page has an error" />
            </span>
          ) : (
            place < wizard.reached && place !== wizard.place && <Checkmark16Regular className={styles.done} aria-hidden />
          )}
        </button>
      ))}
    </nav>
  );
}

function Summary({ summary, operationId, input, hasScript = true }: OperationWizardProps) {
  const script = useNestedDialog();
  return (
    <>
      <FactList facts={summary} />
      {hasScript && (
        <p>
          <Button onClick={script.open}>View Script</Button>
        </p>
      )}
      <ScriptWindow isOpen={script.isOpen} operationId={operationId} input={input} onClose={script.close} />
    </>
  );
}

function Foot({ pages, wizard, onCancel }: { readonly pages: readonly WizardPage[]; readonly wizard: OperationWizardState; readonly onCancel: () => void }) {
  const styles = useFrameStyles();
  const isLast = wizard.place === pages.length;
  return (
    <div className={styles.foot}>
      <div className={styles.notice} role="status">
        <span className={styles.noticeWrong}>{noticeOf(pages, wizard)}</span>
      </div>
      {wizard.isBusy && <Spinner size="tiny" aria-label="Checking" />}
      <Button disabledFocusable={wizard.place === 0 || wizard.isBusy} onClick={() => void wizard.goTo(wizard.place - 1)}>
        Previous
      </Button>
      <Button appearance="primary" type="submit" disabledFocusable={wizard.isBusy}>
        {isLast ? 'Finish' : 'Next'}
      </Button>
      <Button onClick={onCancel}>Cancel</Button>
    </div>
  );
}

/** What no field of the page shows: a refusal of the whole, or a problem of this or an earlier page. */
function noticeOf(pages: readonly WizardPage[], { failure, shown, isClaimed, place }: OperationWizardState): string {
  if (failure !== undefined) return sentence(failure);
  const page = pages[place];
  const here = shown.problems.find((problem) => (page === undefined ? pageOf(pages, problem) === place : owns(page, problem)) && !isClaimed(problem));
  if (here !== undefined) return sentence(here);
  const wrong = firstWrongPage(pages, shown.problems);
  return wrong === undefined || wrong === place ? '' : `Something has to be corrected on page ${pages[wrong]?.label ?? 'Summary'}.`;
}
