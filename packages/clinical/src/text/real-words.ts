/**
 * English and Portuguese words that lie one slip from a word of the vocabulary and are no misspelling of it ("whether"
 * of "wether", "thirty" of "thirsty"). Found by running common words through the spelling correction.
 */
const REAL_WORDS = new Set(
  [
    'academia academic accesso accessors acidentes acusar adapted africa aguente alberta alimentary alternate',
    'ambulance anastasia antrax aperta aprender aqueles assedio assistindo assustador assustando atitude',
    'atomic australia backend bancos banking barril barron battle bearded beatles bebido bengali bernese',
    'bidding biggers billing boating borden bracos brasil breach breadth bridget bronchoalveolar burren',
    'caches caching caffee calazio calvin camera capita capitol caralho carian carinha carona carrie',
    'carriers carroca casing castro centos centre certain cerveja chamadas charbon chattr chaves cheque',
    'chique choices chopped chorei cintos cirurgiao classica clever clinic closest coanas coastal colina',
    'coloca comedy comendo cometi comparado compat compete comple comprador comprando confirmation confusao',
    'conhecia conseguem consegui contar contato contatos conter contiguous continuam continuar contos',
    'controller contudo cookie cooper corpus crashed crescem crescendo cresci crested criptorquidia crisis',
    'cristal cristao cristaos cristau cristina cruises cryptol cultural curren cyanobacterial cystostomy',
    'defeating deference defesa defici delegado deliver denoted denotes dependence dependendo',
    'derived dermatofitose dermatoses descender desenvolver desenvolveu deseret desmaiar destiny device',
    'devices diagnoses diastoli diferenca diminuir directx discinesia diskospondylitis displayed doubly',
    'dumpling ectropio ectropium elevador encephalitic encontrando endoscope endoscopic endotoxin engored',
    'enostosis entier entropio entropium epidemia epitelial ersion erythematosus escchar esconder escondeu',
    'escondi escova escrava escrito espinha espressa esquina essencial estaca estadio estando estudo estupro',
    'eterna eternal europeu excelente exited expensive expresso extent extents extramedular extramural',
    'fachada factory familia father fathers fellows ferias ferropenica ferrou ficaria fiction filhas filing',
    'fisting flakey flashers flights flores flutuando fooled forked foster franti fringe funciona funcionam',
    'funcionar furacao garagem genera genial gibson granting grants greaterp groovy hamano harries having',
    'herein hipertensiva hipertensivo hipocalemica hipoplasica histiocitose homogeneous hoping horizonta',
    'hungary hygiene hypereosinophilic identifier imaginar incompatibile indention infectado inflected',
    'inflection influence inhale inport insider inspect interna interned inteso intestinalis intramural',
    'introducer invcompatible invention invterse ironico irrigation jejuni laminitis langer latter',
    'lavando lawyers leasing leather lember lendas lending letter letters leucocitaria levado lightning',
    'limiter limiti linger listerial listerica listres literal literally loader logged logging lumina machado',
    'maintainer malley marchal marchi margint mastocitose materia medical meditation megalocytic mentido',
    'messed messes messing micose militar military misused modula modular monocytic montando morten movies',
    'multicast multiply nefrotica nephritis neuronal nielsen nocardial nucleo numeros openin ophthalmic',
    'otodectic outrows outsider ouvindo overeating overflown overshoot paises pallets palmer pamela',
    'panleucopenia pararenal parasitic parecem parecer pareceu parecia parens partindo patrao patrol paying',
    'peeira peeked periprostatic persistence pessoais physics pickled pickling piometra pissing planeta',
    'planetas planets plantao plasmocitoma plural poeira poisson polled pollin polling polyarteritis popular',
    'portugol possibile possibly potter pratas pratos prediction prepending preset pressa pretending',
    'processor processors procfile procuram profiler projective prontas prontos propose proposed protection',
    'protos protozoal proxima psicologia psoroptic pulposus punicao punting puzzle pyloris quadro quanto',
    'quebre queimando questo quilos radical really realtor receiver recenter recognizer recognizers',
    'reconhecer reconheceu reconheci recurse recursing recurso redaction redencao redent reding refactor',
    'reitor reputacao resets resetting resolver resolveu resolvi responder respondeu respondi restring',
    'retryaction reuses reusing rickets rickettsial rinsing risadas romanian rostos rotina routed rumiantes',
    'rutura sacred sailing salvation samplers sanguino savings saying scalez scurvy seating seattle seculos',
    'secund seguindo selling separadas separados serious setica setrange sharing shiftin shortener shortmess',
    'similary simples simulation smalle solidus soneca sorter spanning sparkle spewing spidery spiritu spoked',
    'spones srange sstring stange staple stated states stating strands stranger stringd stringp stroke',
    'superficie suppresscc suspenso tabular tempus termina terrain tetano thirty thongs thorough though',
    'thrall threat throughput tilded titled titling tortious toxicological trading tratar traveller triage',
    'triangleq trichomonal tricoblastoma trombocitopenica tropical truncl tuning typical urotelial',
    'uveitic vacinal vallentin varies various varius venezuela venosus venture vertica violet visceral',
    'visibly visualc vizoso wallet wansing warning wheels whether winterm wishing withdraw wondering',
  ].flatMap((line) => line.split(' ')),
);

/** Whether a word is known to be meant as typed. */
export function isRealWord(word: string): boolean {
  return REAL_WORDS.has(word);
}
