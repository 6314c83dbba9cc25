/** Library › Home › Create VM Template. */
import { DocumentCopy20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { OperationWizard } from '../frame/OperationWizard.tsx';
import { emptyForm, isTyped, toCreateInput } from './form.ts';
import { templatePages, useTemplateSummary } from './pages.tsx';

interface VmTemplateWizardProps {
  readonly onClose: () => void;
  readonly onJobStarted: (jobId: string) => void;
}

export function VmTemplateWizard({ onClose, onJobStarted }: VmTemplateWizardProps) {
  const [form, setForm] = useState(emptyForm);
  return (
    <OperationWizard
      title="Create VM Template Wizard"
      icon={<DocumentCopy20Regular />}
      operationId="vmTemplate.create"
      input={toCreateInput(form)}
      pages={templatePages({ form, isNew: true, onChange: setForm })}
      summary={useTemplateSummary(form)}
      isTyped={isTyped(form, emptyForm)}
      onClose={onClose}
      onJobStarted={onJobStarted}
    />
  );
}
