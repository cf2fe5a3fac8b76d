import i18next from 'i18next';

/** Words of the page about how it works; loaded with it. */
export const about = {
  title: 'How it works, and where it ends',
  lead: 'Mozarela.MD is decision support for veterinarians. It helps to remember and to weigh; it does not examine the animal.',
  sections: [
    {
      title: 'From text to findings',
      text: [
        'The note is cut into sentences and sections. Abbreviations are read by their context, spelling mistakes are forgiven within limits, and the word “no” reaches as far as a reader would let it.',
        'What is said of the past, of another animal, or only considered (“rule out …”) is kept apart from what is there today. Plans never count as findings.',
        'Numbers are converted and compared with the range printed beside them, else with the range of the species and age. Implausible values are queried and not used.',
      ],
    },
    {
      title: 'From findings to a ranking',
      text: [
        'For each condition the knowledge base holds how often a finding occurs in it, in five classes from rare to cardinal. A finding that is frequent in one condition and rare elsewhere counts most. Species, breed, sex and age shift the starting point by a limited factor, which is shown.',
        'Percentages are rounded to five and never reach 0 or 100. A row “Other” stands for everything that the knowledge base does not hold; it grows when important findings stay unexplained.',
        'The same case gives the same answer, every time, with or without a network.',
      ],
    },
    {
      title: 'What cannot wait',
      text: [
        'Red flags are fixed rules over findings and patient. They run first and stand above the ranking, with the reason, what excludes them and what to do now.',
      ],
    },
    {
      title: 'Engines side by side',
      text: [
        'The built-in knowledge and each protocol of your clinic answer separately. Their numbers mean different things and are never averaged. A protocol’s arithmetic is exactly what its CSV says.',
      ],
    },
    {
      title: 'Honest limits',
      text: [
        'The entries are not yet reviewed by a veterinarian. Until one has signed an entry, it says so.',
        'A differential that is missing here is not excluded. A low percentage is no reassurance.',
        'There are no doses, rates or intervals anywhere in the knowledge base.',
      ],
    },
    {
      title: 'Where your text goes',
      text: [
        'Ranking while you type happens in this browser. Only when you save does the case go to your clinic’s server. Nothing is sent to a language model unless an administrator sets one up and the clinic consents.',
        'An unsaved draft is kept in this browser until you save it or sign out.',
      ],
    },
  ],
  licences: 'Licences',
  licencesText:
    'Built with React, Mantine, TanStack Query, React Router, i18next and Tabler Icons (MIT), and set in Atkinson Hyperlegible Next by the Braille Institute (SIL Open Font License). The complete list is docs/licences.md of the source.',
  quality: 'How good is it? The figures, with every miss',
  conditions: 'The conditions it knows',
  version: 'Knowledge version {{version}}',
};
i18next.addResourceBundle('en', 'about', about);
