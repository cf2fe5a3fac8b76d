/** Words that tell names from other words. Folded: lower case, no accents. */

const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Given names common in English- and Portuguese-speaking countries, without those that are words of a note. */
export const GIVEN_NAMES = set(`
  aaron abigail adam adriana adriano agatha aidan alan alana albert alberto alessandra alexandra alexandre alfredo alice
  alicia allison amanda amelia amy ana anabela aparecida conceicao andrea andreia andrew andre angela angelica angelina anita anna anne
  annie anthony antonia antonio armando arthur artur ashley augusto barbara beatriz becky ben benedita benjamin
  bernardo beth bethany betty bianca bob bradley brandon brenda brian bruna bruno caio camila carla carlos carmen
  carol carolina caroline catarina catherine cecilia celeste celia cesar charlotte chloe chris christina christine
  christopher claire claudia claudio colin conor cristiana cristiano cristina cristovao cynthia daniel daniela daniele
  danielle david deborah debora denise diana diane diogo dinis domingos donna dorothy duarte edith edson eduarda
  eduardo edward elaine eleanor elena eliana elisabete elizabeth ellen emilia emily emma eric erica ernesto estela
  esther eugenia eva fabiana fabio fabricio fatima felipe fernanda fernando fiona filipa filipe flavia flavio
  francisca francisco frederico gabriel gabriela gareth gary gavin geoffrey george georgia george geraldo gillian
  giovanna giovanni glenn gloria goncalo graham greg gregory guilherme gustavo hannah harold harry heitor helen helena
  helio henrique henry hugo humberto ian ines inacio irene isabel isabela isabella isaac ivan ivo ivone jacob james
  jane janet janice jason jennifer jeremy jessica jill joan joana joanna joanne joao joaquim joaquina joe joel john
  jonathan jorge jose josefa joseph joshua juan judith julia juliana juliano julie julio karen karina katherine
  kathleen kathryn kathy katie keith kelly kenneth kevin kimberly kirsty larissa laura lauren leandro leonardo leonor
  leticia liam lidia linda lisa lorena lorraine louise lourdes lourenco lucas lucia luciana luciano lucy luis luisa
  luiz luiza lurdes madalena mafalda manuel manuela mara marcela marcelo marcia marcio marco marcos marcus margaret
  margarida maria mariana marilia mario marisa marlene marta martha martim martin mary mateus matheus matilde matt
  matthew mauricio mauro megan melanie melissa michael michele michelle miguel mike milena miriam monica murilo
  nadia nancy natalia natalie natasha nathan neil nelson nicholas nicola nicolas nicole nigel nina nuno octavio
  odete olga olivia orlando oscar otavio pamela patricia patrick paul paula paulo pedro peter philip philippa
  priscila rachel rafael rafaela ralph raquel raul rebecca regina renata renato ricardo richard rita robert roberta
  roberto robin rodrigo roger rogerio ronald ronaldo rosalia rosana rosangela ruben rui russell ruth ryan samantha
  samuel sandra sara sarah scott sean sebastian sebastiao sergio sharon sheila shirley silvia simao simon simone
  sofia solange sonia sophia sophie stella stephanie stephen steve steven stuart susan susana suzanne sylvia tania
  tatiana telma teresa terence theresa thiago thomas tiago timothy tomas tony tracy valentina valeria vanda vanessa
  vasco vera veronica vicente victor victoria vinicius virginia vitor viviane wagner walter wanda wendy wesley
  william yasmin yolanda yvonne zoe
  jamal ahmed mohammed muhammad mohamed fatimah aisha priya rajesh yuki hiroshi dmitri svetlana piotr agnieszka
  katarzyna lars ingrid bjorn hans jurgen giulia pierre francois camille ronnie deirdre siobhan niamh aoife sinead
  padraig imelda beth tilda kwame chidi ngozi mei xiao sanjay anjali omar yusuf layla carmo patricio
`);

/** Family names that stand alone in notes ("Silva phoned") and are no words. */
export const FAMILY_NAMES = set(`
  almeida alves andrade antunes araujo azevedo barbosa barros batista borges cardoso carneiro carvalho cavalcanti
  coelho correia couto cunha dias duarte esteves faria fernandes ferreira figueiredo fonseca freitas garcia gomes
  goncalves guerreiro guimaraes henriques lopes loureiro macedo machado magalhaes marques martins matos medeiros melo
  mendes miranda monteiro moreira moura nascimento neves nogueira nunes oliveira pacheco pereira pinheiro pires
  ramos rebelo ribeiro rocha rodrigues sampaio santana santos silva silveira simoes soares sousa souza tavares
  teixeira valente vasconcelos vaz vieira ximenes adams anderson bailey campbell carter clarke collins davies davis
  edwards harris harrison hughes jackson jenkins johnson jones kowalski lewis macdonald mackenzie mcdonald mitchell
  morgan morris murphy nguyen obrien oconnor patel phillips reynolds richardson robertson robinson rodriguez sanders
  schmidt simpson singh smith stewart sullivan taylor thompson walker watson williams wright
`);

/** Generic words of practices' names: never a name by themselves. */
export const GENERIC = set(`
  a al and animal animais at bicho care cat cats center centre centro clinic clinica clinical clinico companion consultorio da das
  de do dog dogs dos e emergency equine exotic exotics farm for group grupo health hospital hospitalar hospitais in
  large lda limited llc llp ltd mobile of on partners pet pets pequenos planet practice referral referrals sa saude
  services servicos small specialist specialists surgeons surgery the universidade university vet vetcare veterinaria
  veterinarian veterinario veterinarios veterinary vets
`);

/** Names of pets, redacted when they have a capital. */
export const PET_NAMES = set(`
  bella luna charlie cooper milo buddy rocky bailey sadie lola daisy molly maggie zeus duke toby tucker teddy oscar
  louie leo murphy nala simba felix oreo coco chloe sophie stella lulu bobby bobi kiko tobias faisca farrusco tareco
  pantufa bolinha nina mia mimi fifi gigi bonnie alfie poppy monty archie barney jasper ziggy winston rufus benji
  loki thor apollo athena juno cleo smokey whiskers mittens socks boots tigger garfield pudding biscuit muffin
  princesa fofinha snoopy scooby pluto goofy fido lassie spike bruno hercules
`);

/** Names of pets that are also words of notes: redacted only with a capital. */
export const ALSO_WORDS = set(`
  amber apple baby bean bear berry black blue boy brown bug butter button cookie cream flash girl gold grey gray happy
  honey jet lady lily may patch patches peanut pepper pip red rose rusty salt scratch shadow silver spot sugar sunny
  white will branco preto castanho amarelo azul mel sol mole bones star art mark
`);

/** Words that follow "owner:", "patient:" and the like and are no name. */
export const NOT_NAMES = set(`
  a about absent ae afebrile after alert also am an and animal anda antes any aparenta apresenta apresentou appears
  apos are as at awake bar bcs been before body bom bright brought but calf can canine cannot case castrado castrada
  cat cats cavalo chief cliente client clinic clinical colt com comatose come comes como complaint complains
  concerned confirmed consult could cow cria dam day days de declined deny denied denies depressed depois descreve
  desde did diz dizem do doe does dog dogs dono dona during e ela ele elderly em entire equine er estava esta
  euthanasia euthanised euthanized ewe ex exam examination f fala feels feline fe female femea fn foal foi found fs
  gelding given gives goat had has have he healthy her here him his history home horse hospital hx id ill in infant
  inteiro intact is it kid kitten lab labs lamb last lethargic litter live lives m macho male man mare mc me mentions
  mn more mother mw n nao new no none normal not noted notes noticed noticing now o observed of off old on one or os
  other our out owner over own para parents patient per pet phoned pig por position possible presented presenting
  presents previous ps puppy qar queen que quiet rabbit recumbent ram reason recent reclama recusa refere referem
  referral refers refused relata relatam report reported reporting reports s said sat saw says seen seems sem she
  sheep sick signalment since some sow spayed species stable stallion states status steer still stated suspects tem
  than that the their then there they this thinks to today told traz trouxe tutor tutora um uma unaware unknown
  unsure unwell up v v+ vaccinated vet veterinarian veterinary very viu wanted wants was we weight well went were
  when which who will wishes with without wonders worried would yes yesterday you young yr
  advised recommended visited came examined phoned recomendou disse
  january february march april may june july august september october november december monday tuesday wednesday
  thursday friday saturday sunday segunda terca quarta quinta sexta sabado domingo hoje ontem
`);
