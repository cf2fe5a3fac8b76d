/** Words that have a capital in notes and are nobody's name there. Folded. The knowledge base adds its own. */
const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Eponyms, organisms, drugs, tests, departments and words that begin sentences. */
export const CLINICAL_WORDS = set(`
  addison babinski baermann barlow bence bernese chiari chvostek coombs corti cullen cushing descemet diff doppler
  dudley ehmer ehlers evans fanconi gaskell giemsa gram hansen harris heinz hodgkin hofmann holter horner howell
  ivermectin jolly key knott legg lyme mcmaster monteggia mycoplasma ortolani pasteurella perthes purkinje quik
  ringer romanowsky rivalta salter schiff schirmer seldinger sertoli snap spoke starling starr tzanck velpeau virchow
  whipple willebrand wobbler wobblers wolff wood wright
  anaplasma aspergillus babesia bartonella bordetella borrelia brucella calicivirus campylobacter chlamydia
  chlamydophila clostridium coccidia corona coronavirus cryptococcus cryptosporidium dirofilaria distemper echinococcus
  ehrlichia encephalitozoon enterococcus escherichia giardia helicobacter herpes herpesvirus leishmania leptospira
  listeria malassezia microsporum neospora parvo parvovirus proteus pseudomonas rickettsia salmonella sarcoptes
  staphylococcus streptococcus strongyloides toxocara toxoplasma trichophyton tritrichomonas trypanosoma
  amlodipine amoxicillin ampicillin apoquel atenolol atropine benazepril buprenorphine butorphanol carprofen cefalexin
  cephalexin cerenia chlorambucil ciclosporin clavulanate clavamox clindamycin cyclosporine cytopoint dexamethasone
  diazepam digoxin diltiazem doxycycline enalapril enrofloxacin famotidine fluoxetine furosemide fortekor gabapentin
  imidacloprid insulin ketamine lactulose levetiracetam levothyroxine librela loxicom maropitant meloxicam metacam
  methadone methimazole metoclopramide metronidazole milbemycin mirtazapine mitotane omeprazole ondansetron paracetamol
  phenobarbital phenobarbitone pimobendan prednisolone prednisone previcox propofol ranitidine rimadyl semintra
  spironolactone sucralfate sulfasalazine synulox telmisartan thyroxine tramadol trazodone trilostane ursodiol vetmedin
  vetoryl vincristine zonisamide
  abdomen abdominal anaesthesia antibiotics appetite biochemistry biopsy blood bloods bloodwork bone cardiac cardiology
  chest client clients colleague colleagues consent cytology dentistry dermatology diagnosis diarrhoea diet ears
  echocardiogram emergency endocrinology endoscopy examination eyes faeces farmer farrier feet fluids food gait groomer
  gums haematology heart histology histopathology idexx imaging insurance intern internist journal kidney kidneys lab
  laboratory labs lameness limbs literature liver locum lungs medicine microbiology mucosa necropsy neurologist
  neurology neuro nobody nurse nurses oncologist oncology ophthalmology orthopaedics orthopedics owners pain parasitology
  pathologist pathology pharmacy physio physiotherapy plan protocol pulse quarantine radiographs radiologist radiology
  rads reception receptionist report reports resident results screening sedation serology shelter skin somebody someone
  spleen stool surgeon surgery swelling teeth theatre therapy thorax treatment ultrasound urinalysis urine urology vets
  vomiting vomit weight wound xray
  above after again all although and any appears as at back because before below both but can clinically could despite
  does due during each either else even every everyone everything few first for further gave generally given great had
  has have he hence her here hers him his how however if in into is it its just last later like likely little lots many
  may maybe me might more most much my neither next no nobody none nor not nothing now of off often on once one only or
  other others our out over overall partner otherwise perhaps please possible possibly previous previously probably quite rarely
  rather regarding same several she should shows similar since so some soon still such suddenly sure than that the
  their them then there therefore these they this those though thus to today together tomorrow tonight too two under
  unfortunately until up upon us usually was we were what when where whether which while who whose why will with within
  without would yes yesterday yet you your
  ainda algo alguem ambos antes apenas apesar aqui assim ate cada colega como contudo depois desde durante ela elas ele
  eles embora enquanto entao esta estas este estes exame exames hoje isto ja laboratorio mais mas menos mesmo muito nada
  nao nem ninguem nos nunca ontem onde outra outro para pelo pois por porque quando que quem resultado resultados se
  sempre sem tambem tudo uma veterinaria veterinario
`);
