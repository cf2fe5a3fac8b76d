/** What others measured. Every figure was read where `read` says; what could not be traced is not here. */
export type Published = {
  who: string;
  what: string;
  figure: string;
  url: string;
  /** What of the source was read. */
  read: string;
};

export const PUBLISHED: readonly Published[] = [
  {
    who: 'Berner and others 1994, New England Journal of Medicine',
    what: 'DXplain, Iliad, Meditel and QMR on 105 difficult cases of people, findings entered in each program’s own vocabulary',
    figure: 'The right diagnosis was on the list in 52 to 71 %.',
    url: 'https://pubmed.ncbi.nlm.nih.gov/8190157/',
    read: 'abstract, in a stored copy of the PubMed record',
  },
  {
    who: 'Lemaire and others 1999, Canadian Medical Association Journal',
    what: 'QMR on 154 hospital patients with a proven diagnosis',
    figure: 'Among the first five in 40 % (one physician’s entries) and 36 % (another’s).',
    url: 'https://epe.lac-bac.gc.ca/100/201/300/cdn_medical_association/cmaj/vol-161/issue-6/0725.htm',
    read: 'abstract on the journal’s archived page',
  },
  {
    who: 'Graber and Mathew 2008, Journal of General Internal Medicine',
    what: 'Isabel on 50 case records of the New England Journal of Medicine, a list of 30',
    figure:
      'On the list in 96 % with three to six findings chosen by somebody who knew the diagnosis, 74 % with the whole history pasted.',
    url: 'https://pmc.ncbi.nlm.nih.gov/articles/PMC2150633',
    read: 'abstract on the page of the full text',
  },
  {
    who: 'Gilbert and others 2020, BMJ Open',
    what: 'Eight symptom apps and seven general practitioners on 200 primary care vignettes; the authors work for one of the apps, Ada',
    figure: 'Among the first three: practitioners 82 %, Ada 70.5 %, the other apps 23.5 to 43 %.',
    url: 'https://bmjopen.bmj.com/content/10/12/e040269',
    read: 'abstract on the journal’s page',
  },
  {
    who: 'McDuff and others 2025, Nature',
    what: 'AMIE, a language model, on 302 published case reports',
    figure: 'Among the first ten: the model 59.1 %, clinicians without help 33.6 %.',
    url: 'https://pmc.ncbi.nlm.nih.gov/articles/PMC12158753',
    read: 'abstract on the page of the full text',
  },
];
