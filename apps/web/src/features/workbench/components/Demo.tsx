import { Button, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { SpeciesIcon } from '../../../components/species/SpeciesIcon.tsx';
import { useKnowledge } from '../../../lib/engine/useKnowledge.ts';
import { writeStored } from '../../../lib/storage.ts';
import { type Draft, EMPTY_DRAFT } from '../lib/draft.ts';
import { EXAMPLES } from '../lib/examples.ts';
import { storedDraft } from '../lib/useDraft.ts';
import classes from './Demo.module.css';
import { Workbench } from './Workbench.tsx';

type Props = { onKnowledge: (conditions: number) => void };

/** The workbench with example cases for people without an account; keeping a case leads to the sign-up. */
export function Demo({ onKnowledge }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data: knowledge } = useKnowledge();
  const [chosen, setChosen] = useState<string>(EXAMPLES[0]?.id ?? '');
  const [draft, setDraft] = useState<Draft>(EXAMPLES[0]?.draft ?? EMPTY_DRAFT);
  const conditions = knowledge?.conditions;
  useEffect(() => {
    if (conditions !== undefined) onKnowledge(conditions);
  }, [conditions, onKnowledge]);

  const keep = () => {
    writeStored('draft.new', storedDraft(draft));
    void navigate('/sign-up?next=/cases/new');
  };
  return (
    <Workbench
      embedded
      draft={draft}
      change={(part) => setDraft((before) => ({ ...before, ...part }))}
      onSave={keep}
      saving={false}
      header={(save) => (
        <div className={classes.header}>
          <Text size="sm" className={classes.hint}>
            {t('landing.demoHint')}
          </Text>
          <Button variant="default" visibleFrom="md" onClick={save}>
            {t('workbench.demoSave')}
          </Button>
          <fieldset className={classes.examples} aria-label={t('workbench.example')}>
            {EXAMPLES.map(({ id, draft: example }) => (
              <button
                key={id}
                type="button"
                className={classes.example}
                aria-pressed={chosen === id}
                onClick={() => {
                  setChosen(id);
                  setDraft(example);
                }}
              >
                {example.species && <SpeciesIcon species={example.species} size={18} />}
                {t(`workbench.examples.${id}`)}
              </button>
            ))}
          </fieldset>
        </div>
      )}
    />
  );
}
