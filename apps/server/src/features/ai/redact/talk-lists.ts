/**
 * A second list, written before the rules that it measures were changed, in the voice of people who talk: names that
 * stand alone, signatures, and words that look like names. `gone` must not stay, `stays` must not go.
 */
export type Line = { text: string; gone: readonly string[]; stays: readonly string[] };

export const SECOND_LIST: readonly Line[] = [
  {
    text: 'Mrs Smith rang, Biscuit still vomiting after breakfast.',
    gone: ['Smith', 'Biscuit'],
    stays: ['still vomiting after breakfast'],
  },
  {
    text: 'Spoke with João about Rex, he will bring a stool sample.',
    gone: ['João', 'Rex'],
    stays: ['stool sample'],
  },
  { text: 'Spoke to Quintrell re: insulin, happy to start.', gone: ['Quintrell'], stays: ['insulin'] },
  {
    text: 'Update from Pemberton: Tufty ate half a bowl, no more diarrhoea.',
    gone: ['Pemberton', 'Tufty'],
    stays: ['ate half a bowl', 'diarrhoea'],
  },
  {
    text: 'Discussed with Okonkwo, Cushing suspected, ACTH stim booked.',
    gone: ['Okonkwo'],
    stays: ['Cushing suspected', 'ACTH stim'],
  },
  {
    text: 'Falei com a Dona Albertina, o Faísca não come desde ontem.',
    gone: ['Albertina', 'Faísca'],
    stays: ['não come desde ontem'],
  },
  {
    text: 'Ligou o sr. Baltazar a dizer que a Pintas está com tosse.',
    gone: ['Baltazar', 'Pintas'],
    stays: ['está com tosse'],
  },
  {
    text: 'Lethargic, PU/PD, T 39.4.\n\nKind regards\nMarjorie Thistlewood\nSenior partner',
    gone: ['Marjorie', 'Thistlewood'],
    stays: ['Lethargic, PU/PD, T 39.4'],
  },
  {
    text: 'HR 200, gallop rhythm.\nMany thanks,\nP. Vandermeulen',
    gone: ['Vandermeulen'],
    stays: ['HR 200, gallop rhythm'],
  },
  {
    text: 'Sem febre, mucosas rosadas.\nCom os melhores cumprimentos,\nAntonieta Valadares',
    gone: ['Antonieta', 'Valadares'],
    stays: ['Sem febre, mucosas rosadas'],
  },
  {
    text: 'Platelets 40, petechiae on gums.\n-- Best, Yolande (nurse)',
    gone: ['Yolande'],
    stays: ['Platelets 40, petechiae'],
  },
  {
    text: 'Thistle was brought in by Mr. Abernathy-Cole at 3am in lateral recumbency.',
    gone: ['Thistle', 'Abernathy', 'Cole'],
    stays: ['lateral recumbency'],
  },
  {
    text: "Kowalski's cat, 12 yo DSH, weight loss and polyphagia.",
    gone: ['Kowalski'],
    stays: ['12 yo DSH', 'weight loss and polyphagia'],
  },
  {
    text: 'Delgado insists that Churro has not eaten chocolate.',
    gone: ['Delgado', 'Churro'],
    stays: ['has not eaten chocolate'],
  },
  {
    text: 'The Hendersons are away, neighbour Gwyneth gives the tablets.',
    gone: ['Hendersons', 'Gwyneth'],
    stays: ['gives the tablets'],
  },
  {
    text: 'Per Ingebrigtsen, seizures started 2 weeks ago, 3 so far.',
    gone: ['Ingebrigtsen'],
    stays: ['seizures started 2 weeks ago'],
  },
  {
    text: 'Emailed Fitzwilliam the results: ALT 340, ALP 1200.',
    gone: ['Fitzwilliam'],
    stays: ['ALT 340, ALP 1200'],
  },
  {
    text: 'Mopsy (Harrowgate) - rabbit, GI stasis, no droppings 24 h.',
    gone: ['Mopsy', 'Harrowgate'],
    stays: ['GI stasis, no droppings 24 h'],
  },
  {
    text: 'Asked Beaumont to withhold food; recheck Ziggy tomorrow.',
    gone: ['Beaumont', 'Ziggy'],
    stays: ['withhold food'],
  },
  {
    text: 'A tutora Emengarda diz que o Trovão bebeu muita água.',
    gone: ['Emengarda', 'Trovão'],
    stays: ['bebeu muita água'],
  },
  {
    text: 'Recebi chamada da Ludovina: a gata Xana vomitou 3 vezes.',
    gone: ['Ludovina', 'Xana'],
    stays: ['vomitou 3 vezes'],
  },
  {
    text: 'Cushing, Addison and diabetes are all on the list; Horner on the left.',
    gone: [],
    stays: ['Cushing, Addison and diabetes', 'Horner on the left'],
  },
  { text: 'Wobbler, Doberman 7 yo, ataxia of all four limbs.', gone: [], stays: ['Wobbler, Doberman 7 yo'] },
  {
    text: 'Discussed with the surgeon: Monteggia fracture, Salter-Harris type II in the other leg.',
    gone: [],
    stays: ['Monteggia fracture', 'Salter-Harris type II'],
  },
  {
    text: 'Started Pimobendan and Furosemide; Vetmedin tolerated. Update from Cardiology: Stage C.',
    gone: [],
    stays: ['Pimobendan and Furosemide', 'Vetmedin', 'Stage C'],
  },
  {
    text: 'Spoke about Lyme, Babesia and Ehrlichia; Snap 4Dx negative.',
    gone: [],
    stays: ['Lyme, Babesia and Ehrlichia', 'Snap 4Dx negative'],
  },
  {
    text: 'Golden Retriever, Bernese, Cavalier and Maine Coon breeds at risk; Hodgkin-like lymphoma.',
    gone: [],
    stays: ['Golden Retriever, Bernese, Cavalier and Maine Coon', 'Hodgkin-like'],
  },
  {
    text: 'Legg-Calvé-Perthes suspected. Ortolani positive. Schirmer 8 mm. Babinski absent.',
    gone: [],
    stays: ['Legg-Calvé-Perthes', 'Ortolani positive', 'Schirmer 8 mm', 'Babinski absent'],
  },
  {
    text: 'Key-Gaskell, von Willebrand, Evans, Fanconi and Chiari were considered.',
    gone: [],
    stays: ['Key-Gaskell', 'von Willebrand', 'Evans', 'Fanconi and Chiari'],
  },
  {
    text: 'Baermann negative. Giardia seen. Asked Radiology: Thorax normal. Per Ultrasound, Kidneys small.',
    gone: [],
    stays: ['Baermann negative', 'Radiology: Thorax normal', 'Ultrasound, Kidneys small'],
  },
];

/** Written after the second list and before the rules for talk, and not looked at while they were changed. */
export const THIRD_LIST: readonly Line[] = [
  {
    text: 'Chat with Oyelaran this morning: Pickle brighter, eating chicken.',
    gone: ['Oyelaran', 'Pickle'],
    stays: ['eating chicken'],
  },
  {
    text: 'Voicemail left for Strickland, awaiting reply. Creatinine 210.',
    gone: ['Strickland'],
    stays: ['Creatinine 210'],
  },
  {
    text: 'Wetherby thinks the lump has doubled in size.',
    gone: ['Wetherby'],
    stays: ['the lump has doubled in size'],
  },
  {
    text: 'Nimbus collapsed in the garden, HR 40, K 8.1.',
    gone: ['Nimbus'],
    stays: ['collapsed in the garden, HR 40, K 8.1'],
  },
  {
    text: 'Told Featherstone that surgery is needed today.',
    gone: ['Featherstone'],
    stays: ['surgery is needed today'],
  },
  {
    text: 'O Bolacha comeu passas; a Perpétua trouxe o saco.',
    gone: ['Bolacha', 'Perpétua'],
    stays: ['comeu passas'],
  },
  { text: 'Conversei com o Hermenegildo sobre a dieta.', gone: ['Hermenegildo'], stays: ['sobre a dieta'] },
  {
    text: 'Dull, T 40.2, RR 60.\nYours sincerely\nCrispin Lockwood',
    gone: ['Crispin', 'Lockwood'],
    stays: ['Dull, T 40.2, RR 60'],
  },
  {
    text: 'The Abernathys want euthanasia if no better by Friday.',
    gone: ['Abernathys'],
    stays: ['want euthanasia'],
  },
  {
    text: 'Waffles seen by locum; Dorset, from the farm next door, held him.',
    gone: ['Waffles', 'Dorset'],
    stays: ['seen by locum'],
  },
  {
    text: 'Discussed Addison with the intern; Pimobendan continued; about Horner: resolved.',
    gone: [],
    stays: ['Discussed Addison', 'Pimobendan continued', 'about Horner: resolved'],
  },
  {
    text: 'Histopathology reports Mast cell tumour; Radiology says Normal. Told to fast. Asked for Urinalysis.',
    gone: [],
    stays: ['Histopathology reports Mast cell tumour; Radiology says Normal', 'Asked for Urinalysis'],
  },
  {
    text: 'Update from Idexx: Leptospira PCR positive. Per protocol, Doxycycline started.',
    gone: [],
    stays: ['Leptospira PCR positive', 'Per protocol, Doxycycline started'],
  },
  {
    text: 'A Leishmania foi negativa; o Rim está pequeno; a Glucose está alta.',
    gone: [],
    stays: ['A Leishmania foi negativa; o Rim está pequeno; a Glucose está alta'],
  },
];
