/** The file a clinic starts from. Its rows show the format; the numbers are examples, not evidence. */
export const PROTOCOL_TEMPLATE = `${[
  'Disease,Symptom_Keywords,Base_Probability,Match_Weight,Suggested_Tests,Treatment_Plan,Species,Sex,Age_Min,Age_Max,Breeds,Exclude_Keywords,Cannot_Miss,Refs',
  'Pyometra,"vulvar discharge:30; polydipsia; lethargy; anorexia; fever",10,12,"Abdominal ultrasound; CBC","Stabilise; discuss ovariohysterectomy",dog;cat,F,,,,,yes,',
  'Feline hyperthyroidism,"weight loss:20; polyphagia:20; vomiting; tachycardia; NO anorexia",10,12,"Total T4; blood pressure","Discuss tablets, diet, radioiodine or surgery",cat,,7,,,,no,',
  'Canine parvovirus enteritis,"vomiting; bloody diarrhoea:25; lethargy; leukopenia:25; unvaccinated",10,10,"Faecal antigen test; CBC","Isolate; fluid therapy; antiemetic",dog,,,1,,,yes,',
  'Chronic valvular heart disease,"murmur:30; cough; exercise intolerance; tachypnoea",10,10,"Thoracic radiographs; echocardiography","Stage, then treat by stage",dog,,6,,"Cavalier King Charles Spaniel; Dachshund",,no,',
  '"Urethral obstruction","straining to urinate:25; distended bladder:40; vocalising; vomiting",5,10,"Bladder palpation; potassium; ECG","Relieve the obstruction; correct potassium",cat,M;MN,,,,,yes,',
].join('\r\n')}\r\n`;
