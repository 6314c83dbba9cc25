/** Properties of a VM template: the pages of its wizard, filled in. */
import { DocumentCopy20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { VmTemplateDetails } from '../../../shared/contract/library.ts';
import { useFreshProcedure } from '../../bridge/queries.ts';
import { OperationWizard } from '../frame/OperationWizard.tsx';
import { formOf, isTyped, toChangeInput } from './form.ts';
import { templatePages, useTemplateSummary } from './pages.tsx';

interface VmTemplatePropertiesProps {
  readonly vmTemplateId: string;
  readonly onClose: () => void;
  readonly onJobStarted: (jobId: string) => void;
}

export function VmTemplateProperties({ vmTemplateId, ...props }: VmTemplatePropertiesProps) {
  const { data } = useFreshProcedure('vmTemplate.get', { id: vmTemplateId });
  return data === undefined ? null : <Properties template={data} {...props} />;
}

function Properties({ template, onClose, onJobStarted }: { readonly template: VmTemplateDetails } & Omit<VmTemplatePropertiesProps, 'vmTemplateId'>) {
  const [before] = useState(() => formOf(template));
  const [form, setForm] = useState(before);
  return (
    <OperationWizard
      title={`${template.name} Properties`}
      icon={<DocumentCopy20Regular />}
      operationId="vmTemplate.change"
      input={toChangeInput(template.id, form)}
      pages={templatePages({ form, isNew: false, onChange: setForm })}
      summary={useTemplateSummary(form)}
      isTyped={isTyped(form, before)}
      onClose={onClose}
      onJobStarted={onJobStarted}
    />
  );
}
