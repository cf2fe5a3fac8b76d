import i18next from 'i18next';

/** Words of the page "How good is it?"; loaded with it. */
export const quality = {
  title: 'How good is it?',
  lead: 'How often the built-in engine finds the right diagnosis from a typed note, measured before each release, with every miss. These are suggestions, not diagnoses: even a first place is wrong in many cases.',
  fewCases:
    'The sets are small: of {{cases}} published cases, one is {{points}} percentage points. No veterinarian has reviewed the knowledge base or these results.',
  version: 'Knowledge version {{version}}, {{conditions}} conditions.',
  versionDiffers:
    'Measured on knowledge version {{measured}}. The one built in here is {{built}}; its figures may differ.',
  setsTitle: 'What it is measured on',
  sets: [
    {
      name: 'Published cases ({{open}})',
      text: 'Case reports and teaching cases that other people wrote, with their diagnosis. No condition was written from them, but what the engine missed was read while words and frequencies were worked on, and the constants of the score were chosen on them: expect less on other cases. Cross-validated means: constants chosen without the cases that are counted.',
    },
    {
      name: 'Invented vignettes ({{vignettes}})',
      text: 'Notes written from an animal and the name of a textbook disease, without sight of the knowledge base. They are easier than real cases: their author had the textbook picture in mind.',
    },
    {
      name: 'Emergencies ({{cannotMiss}})',
      text: 'Notes of diseases that kill when overlooked, written without sight of the knowledge base. At the first run {{seenAtFirst}} were seen; then the misses were read and vocabulary was added. The figure on them today flatters: expect the first one.',
    },
    { name: 'Everyday notes ({{routine}})', text: 'Boosters, ears, teeth, mild upsets: no alarm is wanted.' },
  ],
  rankTitle: 'How often the right diagnosis is found',
  rankHint:
    'The share of cases in which it stands first, or among the first 3, 5 or 10, and the number of cases.',
  columns: {
    set: 'Set',
    covered: 'In the base',
    '1': 'First',
    '3': 'First 3',
    '5': 'First 5',
    '10': 'First 10',
  },
  cases_one: '{{count}} case',
  cases_other: '{{count}} cases',
  open: 'Published cases',
  crossValidated: 'The same, cross-validated',
  vignettes: 'Invented vignettes',
  speciesTitle: 'Published cases by animal',
  systemTitle: 'Published cases by body system',
  smallGroups: 'Groups of a few cases say little.',
  /** Body systems as the sets of cases name them. */
  systems: {
    GI: 'Stomach and gut',
    endocrine: 'Endocrine',
    toxicology: 'Poisons',
    infectious: 'Infections',
    'cardio-respiratory': 'Heart and lungs',
    dermatology: 'Skin',
    oncology: 'Tumours',
    neuro: 'Nervous system',
    'renal/urinary': 'Kidneys and bladder',
    reproductive: 'Reproduction',
    'haematology/immune': 'Blood and immune system',
    'hepatic/pancreatic': 'Liver and pancreas',
    musculoskeletal: 'Muscles and bones',
    ophthalmology: 'Eyes',
  },
  safetyTitle: 'Safety, stability, calibration',
  cannotMiss: 'Emergencies seen: named by a red flag, or among the first five',
  cannotMissNote:
    '{{seen}} of {{notes}} notes, {{flagged}} by the title of a red flag; {{seenAtFirst}} before their misses were read and vocabulary was added',
  alarms: 'Alarms on an everyday note',
  alarmsNote: '{{alarms}} on {{notes}} notes',
  leaderKept: 'Told in other words: the first diagnosis stays among the first three',
  sameThree: 'Told in other words: the same first three',
  ofCompared: '{{part}} of {{compared}} comparisons',
  calibration: 'Gap between the percentage shown and how often it is right',
  calibrationValue: '{{points}} points',
  calibrationNote: 'Published cases: read the percentages as an order, not as odds.',
  other: '“Other, not in this knowledge base”',
  otherValue: '{{inBase}} %, {{takenOut}} %',
  otherNote:
    'Mean share with the right disease in the base, and with it taken out: the more it rises, the better.',
  timeTitle: 'Time',
  timeText:
    'The engine runs on your device, so its speed is your device’s. Measure it here, on twelve example notes.',
  timeRun: 'Measure on this device',
  timeResult: 'Median {{median}} ms, slowest {{slowest}} ms a note.',
  timeFailed: 'The engine could not be loaded. Check the connection and try again.',
  missesTitle: 'The misses',
  missesHint: 'Every case in which the right diagnosis did not come first, by reason.',
  kinds: {
    'not in base': { title: 'Not in the knowledge base', text: 'The disease is missing.' },
    'other animals only': {
      title: 'In the base for other animals only',
      text: 'The disease is there, but not for this animal.',
    },
    'not understood': {
      title: 'Not understood',
      text: 'Too much of the note was not read, or not as it was meant.',
    },
    'out-ranked': { title: 'Out-ranked', text: 'The findings were read; other diseases fitted better.' },
  },
  otherKind: 'Other reasons',
  place: 'place {{rank}}',
  notListed: 'not listed',
  fromOpen: 'published case',
  fromVignettes: 'vignette',
  coverageTitle: 'What it holds',
  coverage: 'Conditions by animal; many occur in more than one.',
  holds:
    '{{conditions}} conditions, {{findings}} findings, {{redFlags}} red flags. Reviewed by a veterinarian: {{reviewed}}.',
  sources:
    '{{linked}} of {{all}} sources were looked up and are linked; {{withLink}} conditions have at least one of these. Textbooks that nobody opened are named and not linked.',
  browse: 'Read the conditions',
  publishedTitle: 'What others publish',
  publishedHint:
    'All of these are about people, with other cases and other rules, so they show an order of magnitude and not a comparison. We found no published figure for a veterinary engine that reads free-text notes.',
  source: 'Source',
  read: 'Read: {{what}}',
  limitsTitle: 'What this does not show',
  limits: [
    'Whether it helps: nobody has measured whether vets with it decide better than vets without it.',
    'Your patients: published cases are more instructive than ordinary ones, and few are horses, cattle, rabbits or birds.',
    'Independence: the team that built it chose the open cases and measured it.',
  ],
};
i18next.addResourceBundle('en', 'quality', quality);
