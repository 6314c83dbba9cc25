/** Properties of an object, changed by one operation: what main refuses is shown on the page where it is mended. */
import { useEffect, useState, type ReactNode } from 'react';
import type { OperationId } from '../../../shared/contract/operations.ts';
import { useFrameStyles } from './frameStyles.ts';
import { usePageStyles } from './pageStyles.ts';
import { PropertiesFrame } from './PropertiesFrame.tsx';
import { ScriptWindow } from './ScriptWindow.tsx';
import { useNestedDialog } from './useNestedDialog.ts';
import { useOperationWizard } from './useOperationWizard.ts';
import { ShownProblemsContext } from './WizardField.tsx';
import { owns, sentence, type OwningPage } from './wizardProblems.ts';

export interface OwningPropertiesPage<Id extends string> extends OwningPage {
  readonly id: Id;
  readonly label: string;
  readonly purpose: string;
  readonly content: ReactNode;
}

interface OperationPropertiesProps<Id extends string> {
  readonly title: string;
  readonly icon: ReactNode;
  readonly operationId: OperationId;
  readonly input: unknown;
  readonly pages: readonly OwningPropertiesPage<Id>[];
  readonly initialPage: Id;
  readonly isChanged: boolean;
  /** Offers *View Script*. */
  readonly hasScript?: boolean;
  readonly onClose: () => void;
  readonly onJobStarted: (jobId: string) => void;
}

export function OperationProperties<Id extends string>(props: OperationPropertiesProps<Id>) {
  const { title, icon, operationId, input, pages, initialPage, isChanged, hasScript = false, onClose, onJobStarted } = props;
  const script = useNestedDialog();
  const [pageId, setPageId] = useState<Id>(initialPage);
  const [none] = useState<readonly []>([]);
  const state = useOperationWizard({ operationId, input, pages: none, onClose, onJobStarted });
  const frame = useFrameStyles();
  const styles = usePageStyles();
  const { problems, asked } = state.shown;
  const wrong = problems.map((problem) => pages.find((page) => owns(page, problem))?.id);
  const firstWrong = wrong.includes(pageId) ? pageId : wrong.find((id) => id !== undefined);
  useEffect(() => {
    if (firstWrong !== undefined) setPageId(firstWrong);
    // Only an answer of main turns the pages, not the operator's own going to and fro.
  }, [asked]);
  const [, lookAgain] = useState(0);
  // Fields claim their problems once they are there: only then it is known what is left for the foot.
  useEffect(() => lookAgain((looks) => looks + 1), [problems, pageId]);
  const unclaimed = state.failure ?? problems.find((problem) => !state.isClaimed(problem));
  const notice = unclaimed !== undefined ? <span className={frame.noticeWrong}>{sentence(unclaimed)}</span> : isChanged ? null : <span className={styles.hint}>Nothing has been changed yet.</span>;
  return (
    <ShownProblemsContext value={state.shown}>
      <PropertiesFrame
        title={title}
        icon={icon}
        pages={pages.map((page) => ({ ...page, isWrong: wrong.includes(page.id) }))}
        pageId={pageId}
        onPage={setPageId}
        notice={notice}
        isBusy={state.isBusy}
        canAccept={isChanged}
        {...(hasScript ? { onScript: script.open } : {})}
        onAccept={() => void state.goOn()}
        onCancel={onClose}
      />
      <ScriptWindow isOpen={script.isOpen} operationId={operationId} input={input} onClose={script.close} />
    </ShownProblemsContext>
  );
}
