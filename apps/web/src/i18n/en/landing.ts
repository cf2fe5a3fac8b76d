export const landing = {
  title: 'Type the case. See what to consider, and why.',
  lead: 'Mozarela.MD reads a veterinarian’s own note and ranks the differentials: what cannot wait first, the evidence for and against each, and the next test that tells them apart.',
  start: 'Create account',
  try: 'Try it below, no account needed',
  demoTitle: 'Try it',
  demoHint:
    'This is the real thing, running in your browser. Pick a case, change a word, watch the order change.',
  demoLoading: 'Loading the engine and the knowledge base …',
  howTitle: 'How it works',
  how: [
    {
      title: 'It reads your shorthand',
      text: 'V+, D-, PU/PD, BAR, T 39.8, ALT 340 (10-125). Numbers are compared with the range of the species, in your units.',
    },
    {
      title: 'You see every word it used',
      text: '“No cough” is not cough. Each finding is a chip: one click makes it absent or unsure, and the ranking follows.',
    },
    {
      title: 'It ranks and gives reasons',
      text: 'Species, breed, sex and age count visibly. For every differential: what argues for it, what against, and what it leaves unexplained.',
    },
    {
      title: 'You stay in charge',
      text: 'Save the case for your clinic, add your own protocols, sign it, copy it as SOAP. The decision is yours.',
    },
  ],
  limitsTitle: 'What it is not',
  limits: [
    'Suggestions, never diagnoses. It says what to consider and how sure it is, in steps of five percent.',
    'The entries of the knowledge base are not yet reviewed by a veterinarian. Each one says so, and shows its references.',
    'It knows {{count}} conditions. What is not among them appears as “Other, not in this knowledge base”.',
    'No doses. Treatment is named in words; amounts belong to a formulary.',
    'No case text leaves the clinic: ranking runs in this browser, and saved cases stay on your clinic’s server.',
  ],
  limitsUnknown: 'a limited number of',
  closing: 'Keep your cases',
  closingText:
    'An account saves cases and protocols for your whole clinic. There are no adverts, and you can export or delete everything.',
};
