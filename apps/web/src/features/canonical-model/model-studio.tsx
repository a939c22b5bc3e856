import type { PublishedCanonicalModel, ShapeList } from '@cinch/api-contract';
import { Button, Group, SegmentedControl, Text } from '@mantine/core';
import { useState } from 'react';
import { useMay } from '../../api/may.ts';
import { DocumentField } from '../../components/document-field.tsx';
import { Panel } from '../../components/panel.tsx';
import { AddAttribute } from './add-attribute.tsx';
import { CodeSetForm } from './code-sets.tsx';
import { entriesOf, withAttribute } from './model-edit.ts';
import { ModelForm } from './model-form.tsx';
import { PreviewPanel } from './preview-panel.tsx';
import type { ModelDraft } from './queries.ts';

interface Props {
  latest: PublishedCanonicalModel;
  shapes: ShapeList;
  draft: ModelDraft;
}

/** The model is changed, checked, its effect on today's customers looked at, and only then published, with a reason. */
export function ModelStudio({ latest, shapes, draft }: Props) {
  const mayChange = useMay('POST /api/v1/canonical-model/preview');
  const [tab, setTab] = useState('form');
  const [isAdding, setAdding] = useState(false);
  const { model } = draft;
  return (
    <>
      {isAdding && model && (
        <Panel title="Add an attribute">
          <AddAttribute
            shapes={shapes}
            taken={entriesOf(model).map(({ id }) => id)}
            codeSets={[...model.codeSets, ...shapes.codeSets]}
            onAdd={(attribute) => {
              draft.change(withAttribute(model, attribute));
              setAdding(false);
            }}
            onClose={() => setAdding(false)}
          />
        </Panel>
      )}
      <Panel title="Draft" flush={tab === 'form'}>
        <Group gap="sm" mx={tab === 'form' ? '1.25rem' : undefined} mb="sm">
          <SegmentedControl
            aria-label="How the draft is written"
            value={tab}
            data={[
              { value: 'form', label: 'Form' },
              { value: 'json', label: 'JSON' },
            ]}
            onChange={setTab}
          />
          {mayChange && model && !isAdding && (
            <Button variant="default" onClick={() => setAdding(true)}>
              Add an attribute
            </Button>
          )}
          {mayChange && tab === 'form' && (
            <Text size="sm" c="dimmed">
              A further list of items is added as JSON.
            </Text>
          )}
        </Group>
        {tab === 'json' ? (
          <DocumentField
            id="canonical-model-document"
            label="Canonical model"
            text={draft.text}
            onChange={draft.setText}
            mistake={draft.mistake}
            readOnly={!mayChange}
          />
        ) : model ? (
          <ModelForm
            model={model}
            published={draft.published}
            shapes={shapes}
            onChange={draft.change}
            readOnly={!mayChange}
          />
        ) : (
          <Text px="1.25rem" pb="sm">
            The draft cannot be shown as a form while it has a mistake: mend it as JSON.
          </Text>
        )}
      </Panel>
      {tab === 'form' && model && (
        <CodeSetForm model={model} published={draft.published} onChange={draft.change} readOnly={!mayChange} />
      )}
      {mayChange && <PreviewPanel latest={latest} shapes={shapes} draft={draft} />}
    </>
  );
}
