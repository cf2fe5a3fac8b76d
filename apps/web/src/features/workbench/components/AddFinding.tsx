import { Select } from '@mantine/core';
import { type Ref, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FindingOption } from '../../../lib/engine/protocol.ts';

const SHOWN = 25;

type Props = {
  findings: FindingOption[];
  search: string;
  inputRef: Ref<HTMLInputElement>;
  onSearch: (text: string) => void;
  onAdd: (finding: string) => void;
};

/** Adds a finding that is not in the text, found by its name or the words for it. */
export function AddFinding({ findings, search, inputRef, onSearch, onAdd }: Props) {
  const { t } = useTranslation();
  const data = useMemo(() => findings.map(({ id, label }) => ({ value: id, label })), [findings]);
  const searchOf = useMemo(() => new Map(findings.map(({ id, search: text }) => [id, text])), [findings]);
  return (
    <Select
      ref={inputRef}
      aria-label={t('workbench.addFinding')}
      placeholder={t('workbench.addFinding')}
      data={data}
      value={null}
      searchable
      searchValue={search}
      onSearchChange={onSearch}
      limit={SHOWN}
      openOnFocus={false}
      nothingFoundMessage={t('workbench.addFindingNone')}
      filter={({ options, search: typed, limit }) => {
        const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
        if (words.length === 0) return [];
        const hit = (id: string) => words.every((word) => searchOf.get(id)?.includes(word));
        return options.filter((option) => 'value' in option && hit(String(option.value))).slice(0, limit);
      }}
      onChange={(id) => {
        if (id) onAdd(id);
        onSearch('');
      }}
    />
  );
}
