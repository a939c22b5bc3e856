import { isGivenName } from './given-names.ts';

/** Given names in use for one another in English, and some Spanish, German, French and Italian ones; the first is the full form. */
const groups = `
abigail abby gail|abraham abe bram|adelaide addie della|adam ad|agnes aggie nessie|albert al bert bertie|alberta bertie
alexander alex alec sandy xander sasha lex al|alexandra alex sandra sandy lexi sasha|alfred al alf alfie fred|alice allie ali
alison ali allie|amanda mandy manda|amelia amy millie mel|andrew andy drew andre andreas andres|angela angie angel ange
ann anne anna annie nan nancy hannah ana|antonia toni tonya|anthony tony antonio anton ant|arnold arnie|arthur art artie
augustus gus august|barbara barb babs barbie bobbie|barnabas barney|bartholomew bart|beatrice bea trixie bee|belinda bel linda
benjamin ben benny bennie benji|bernard bernie barney|bradley brad|bridget bridie biddy|cameron cam|carol carrie
caroline carrie carol lina caro|catherine cathy kate katie kathy kat cat kitty kay kathryn katherine katharine cathryn trina karen
cecilia cissy celia|charles charlie chuck chas carl karl carlos chip|charlotte lottie charlie lotte|chester chet|christian chris
christina chris tina chrissy christine kristina kris christie|christopher chris kit topher kristopher|clarence clare
clifford cliff|clinton clint|constance connie|cornelius neil con|curtis curt|cynthia cindy|daniel dan danny danni
danielle dani|david dave davey davy|deborah deb debbie debra|dennis denny den|diana di diane|dominic dom nick
donald don donny donnie|dorothy dot dottie dolly dora|douglas doug|edgar ed|edith edie|edmund ed eddie ned
edward ed eddie ted teddy ned eduardo|edwin ed eddie|eleanor ellie nell nellie nora elly|elijah eli|elizabeth liz lizzie beth betty
eliza bess lisa elsie libby betsy liza bessie elisabeth elise|ella ellie|ellen nell nellie ellie helen|emily em emmy millie|emma em
eugene gene|evelyn eve evie|ezekiel zeke|felicity fliss|florence flo flossie|frances fran fanny frankie francie
francis frank fran frankie francisco|franklin frank|frederick fred freddie freddy fritz rick|gabriel gabe|gabrielle gabby
george georgie jorge georg|geoffrey geoff jeff jeffrey|gerald gerry jerry|gerard gerry|gertrude gertie trudy|gilbert gil bert
grace gracie|gregory greg|gwendolyn gwen|harold harry hal|harriet hattie harry|heather|helen nell nellie nel|henrietta etta hettie
henry harry hank hal enrique|herbert herb bert|horace|howard howie|hubert hugh bert|hugh hughie|ian|ignatius iggy|irene rene
isaac ike zac|isabella bella izzy isabel belle|jacob jake jack coby|jacqueline jackie|james jim jimmy jamie jem jaime
jane janie jenny janet jean|janet jan jenny|jasmine jas|jason jay|jean jeannie|jennifer jen jenny jenna|jeremiah jerry jem
jeremy jerry jem|jerome jerry|jessica jess jessie|jesse jess|joan joanie|joanna jo joanne|john jack johnny jon juan johannes hans ian
johnathan jon jonathan jonny nathan|joseph joe joey jose pepe josef|josephine jo josie|joshua josh|judith judy jude|julia julie jules
julian jules|juliana julie|justin jus|kenneth ken kenny|kimberly kim|kristin kris|lawrence larry laurie lars laurence lorenzo
leo|leonard len lenny leo|leonardo leo|leroy roy|leslie les|lewis lew lou louis|lillian lily lil|linda lindy|louis lou louie luis
louisa lou|louise lou|lucas luke|lucy lu|luther|lydia|lynn|madeline maddie maddy|magdalene lena maggie|malcolm mal
margaret maggie meg peggy marge greta rita madge daisy peg margie margot margarita|maria mary marie mia|marcus marc mark
marilyn mary|marjorie marge margie|mark marc marco|martha marty patty mattie|martin marty|mary molly polly mamie maria marie may mae
matilda tilly mattie|matthew matt matty mateo|maurice morris|maximilian max|maxwell max|megan meg|melanie mel|melissa mel missy lissa
melvin mel|michael mike mickey mick mikey miguel michel|michelle shelly|mildred millie|millicent millie|minnie|mitchell mitch
monica|mortimer mort|nancy nan|natalie nat|natasha tasha|nathan nate nat|nathaniel nate nat nathan|nicholas nick nicky nico nicolas
nicole nicky nikki|norman norm|oliver ollie|olivia liv livvy ollie|oscar|oswald oz|pamela pam|patricia pat patty tricia trish patsy
patrick pat paddy rick|paul pablo paulo|paula polly|pauline polly|penelope penny|peter pete pedro pierre|philip phil pip felipe phillip
phyllis phil|prudence prue|rachel rae|randolph randy|raymond ray|rebecca becky becca|reginald reg reggie|regina gina
richard rick rich dick ricky richie ricardo|robert rob bob bobby bert robbie roberto robin|roberta bobbie|roderick rod rick
rodney rod|roger rodge|roland rolly|ronald ron ronnie ronny|rosalind ros roz|rose rosie|rosemary rosie rose|rudolph rudy|rupert
russell russ rusty|ruth ruthie|sabrina bri|samantha sam sammy|samuel sam sammy|sarah sally sadie sara|sebastian seb|sharon shari
shirley|sidney sid|simon si|solomon sol|sophia sophie|stanley stan|stella|stephanie steph stevie|stephen steve steven stevie esteban
stuart stu stewart|susan sue susie suzy susanna suzanne susannah susanne susana|leigh lee lea leah|sarah zara|sylvester sly|tabitha tabby|tamara tammy|terence terry|teresa terry
tess theresa tessa|theodore ted teddy theo|thomas tom tommy tomas|tiffany tiff|timothy tim timmy|tobias toby|valerie val|veronica ronnie
vera|victor vic|victoria vicky tori vic|vincent vince vinny|viola vi|violet vi|virginia ginny ginger|vivian viv|walter walt wally
wallace wally|wendy|wesley wes|wilfred wilf fred|wilhelmina mina minnie billie|william will bill billy willie liam willy wilhelm guillermo
aaron ron ronnie|abraham abram abie ibrahim avraham|ada addie adeline|adele adelheid heidi|adolph adolf dolph dolf|agatha aggie|alan allen al
alastair alistair alasdair al|alberta bertie allie|alexander alejandro alessandro aleksandr aleksander alexandre alistair sacha sascha aleks olek|alexandra ola
alexandra alejandra alessandra aleksandra sascha|alfonso alphonse alonso al|algernon algie|alice elsie lisa alicia|amelia emily milly|amos moses
anastasia stacy nastya|andrew andrej andrei andrey andrzej andras anders|angelina lina angie|annabel bella|annette nettie|ann annette nina nannie
anthony antoine antoni toni|antoinette nettie toni|anton toni|arabella bella belle|archibald archie|arnold noll|arthur arturo artur
augusta gussie|augustine gus austin|bartholomew bat|beatrice beatriz beatrix|bella isabella|benedict ben benet|benjamin benno
bernard bernhard bernd bernardo|bernadette bernie|bertha bertie|bertram bert bertie|bertrand bert|brian bryan|bridget biddie bride brigitte
calvin cal|candace candy|carla charlie|caroline caddie lynn karoline line|cassandra cassie sandra|catherine catharine kathleen kit kitty katya caterina catalina ekaterina katja kate kathi
cecil cis|cecilia cecily cis|celestine celeste|charles carlo karel karol charley|charlotte carlotta lotta charlie|chauncey chan
christian kristian|christina christiana christiane kirsten kirstin tina|christopher chrissie kester|christoph christophe cristobal kristof
clara clare claire klara|claudia claudine|clement clem|clementine clemmie|columba colm malcolm|conrad konrad curt kurt|cordelia delia
cornelia nelly corrie|cornelius corny kees|cuthbert bert|cyril cy|cyrus cy|daniel dani danilo daniil|daniela dani|david dai taffy dawid
deborah debs|delilah lila|denise denny|derek derrick dirk|diana dinah|dietrich dieter|dominic dominique domingo nic|dorothea dora thea dolly dorothy
dudley dud|duncan dunk|ebenezer eben|edith edie edy|edmund eamon edmond|edward eduard edvard edouard eduardo neddy lalo|edwin ned
eleanor elinor leonora nora ella lena|eleanora nora|elias elijah ilya eli|elizabeth elisabetta elisabet isabel ella ellie elisa eliza elsa else lise lizbeth libbie betsey bettie tetty liesl ilse
ellen eileen helena|emanuel manuel manny immanuel|emily emilia emilie milly emma|emil emile emilio|emma emmie|enoch nock|ephraim eph|erasmus rasmus
eric erik erich rick|ernest ernie ernst ernesto|ernestine erna ernie|esther hester essie hetty|eugene eugenio evgeny yevgeny|eugenia genie|eunice una
eva eve evie|evangeline eve eva|evelina evie|fabian fab|ferdinand ferdie fernando nando|fiona fi|florence florrie floss floy|frances francesca franziska fannie franny francine
francis francois francesco frans franz franciszek paco pancho franek|frederica freddie fritzi|frederick frederic friedrich federico fredrik frederik freddy
gabriel gabi gabe gavriil|gabriela gabi gaby|gemma jem|genevieve jenny eve|geoffrey godfrey jeffery gottfried|george georges jorgen jurgen yuri jerzy giorgio gyorgy dod
georgina georgia georgie gina|gerald geraldo gerhard|geraldine gerry gerrie dina|gerard gerhard gerardo gert|gertrude gert trudie|giacomo jacopo
gilbert gib|giovanni gianni nino|giuseppe beppe peppe pino|godfrey god|grace gratia|griffith griff|guinevere gwen|gustav gus gustavo gustave gosta
guy wido|hannah johanna hanna annie|harold harald|harriet henrietta hattie|hector heck|helen helena helene lena elena ilona nell|henrietta hetty harriet etty|henrietta jette
henry henri heinrich heinz henrik hendrik enrico henryk heiner hinrich|herbert heribert|hermann herman|herman manny|hester hetty esther|hieronymus jerome
hilary hil|hilda hildegard hilde|hiram hi|horatio horace|hortense|hubert bertie|hugh hugo huw|humphrey humph|ian iain|ida ide|ignatius ignacio ignaz nacho inigo
immanuel manny|inez agnes|ingeborg inge inga|irene rena|isaac zack ikey|isabella isabel isobel ishbel ib tibby bell|isidore izzy isidor|israel izzy
ivan vanya|ivor iver|jacob jacobo jakob jakub jacques jacopo jago kuba cob|jacqueline jackie jacqui|james jas jimmie jaimie seamus hamish jago
jane joan jenny jean janie jeanne giovanna juana|janet jessie jennet nettie|jasper caspar kaspar gaspard|jeanne jeannette jeannie|jeannette nettie jean
jemima mima jem|jeremiah jeremy|jeremy jeremias|jerome jeronimo geronimo|jesse jessie|jessica jessie jess|jessie janet jean|joachim jochen achim jo
joan jane jean johanna|joanna johanna joan hanna|johanna hanne hanna|john johann jean giovanni ivan joao jan jens johan hannes evan sean shane shaun owain eoin jock jonny johnnie zan
jonathan nathan jon|joseph giuseppe josep jozef joss jos yusuf youssef yosef|josephine josefa fina pepita|josiah joe si jos|joshua jos josue|joyce joy
juan juanito|judith jutta judie|julia juliet julie giulia|julian giuliano julio|julius jule jules giulio|katharina kathrin katja kati
katherine kathie kat|kathleen kathy kath kate|kenneth kenny|kunigunde gundel|lambert bert|lancelot lance|laura lauren laurie lolly|laurence lars lorenz laurent laurens lasse lawrie
lavinia vinnie|leander lee|leila lila|lemuel lem|leonard leonhard lennart lenard|leonora nora lenore|leopold leo poldi|letitia lettie tish
levi lee|lewis ludwig lodewijk|lillian lilian lilla|lorenzo renzo|lorraine lorrie|louis ludwig luigi lewis ludovic aloysius alois|louisa luise lulu lois
louise luisa luise lulu|lucas lukas luca luc|lucinda lucy cindy|lucretia lucy|lucy lucia lucie lucille|luther lou|mabel mab amabel may|madeleine madge magda lena maddie madelaine
magdalena magda lena maddalena magdalene malene|malachi mal|malcolm calum|manuel manolo manny|marcella marcy|marcus marcos marko markus|margaret margarete margareta marguerite malgorzata gretchen grete gretel maisie mamie madge mag meggie peggie margery marjorie marga rieta mysie
marianne mary anne|maria marija marya maryam miriam mia mitzi ria|marion mary|mark markus marcos|marmaduke duke|martha mattie patsy marthe|martin martino marten
mary mariah miriam mollie pollie mame maureen moira marion minnie mal|matilda mathilde maud tillie matty|matthew mateusz mathieu matteo matthias mattias matthaus mateo|maud maude matilda
maurice mauricio moritz moe mauri|maximilian massimo maxim|maximilian maks|melchior mel|melissa lissa|mercy merry|michael mikhail michal miguel michele mikael misha mischa mihai mihaly mick mitchell
michaela micki michi|mildred milly mil|millicent milly|minerva minnie|miranda mandy mira|miriam mimi mitzi|mohammed mohamed muhammad mohammad mohamad muhammed mehmet mo simo
mortimer morty|moses moe mose|muriel mu|myfanwy fanny|nadezhda nadia nadya|napoleon nap leon|natalia natasha natalya talia nathalie|nathaniel natty nathanael
neil niall nigel|nicholas nikolaus nicolas nikolai nikolay niccolo klaus claus nils niels colin nicol mikolaj kolya|nicole nicola nicolette colette|norbert bert
obadiah obie|octavia tavia|octavius tavy|olga olya|oliver noll nolly olivier|olivia nollie|orlando roland|oswald ossie ozzie waldo|patience pat
patrick patrice patricio padraig patsy|patricia patrizia|paul pavel pawel paolo pauli pal|pauline paula paulina lina|penelope pen nell|perceval percy percival
peregrine perry|peter piotr petr pyotr pietro petrus pieter peder per petros piet perkin|petronella nell|philippa pippa pip|philip philippe filip felipe filippo philipp
philomena mena|phineas phin|phoebe pheby|polly mary|priscilla cilla prissy|prudence prudy|rachel ray shelly raquel|raphael rafael raffaele rafal
ralph rafe raoul raul ralf|randal randy|raymond raimund raimondo ramon|rebecca reba rebekah bec|regina gina reine|reginald reynold rex reinhold naldo|reuben rube ben
richard dickie dickon riccardo ryszard rikard|robert rupert ruprecht roby robbie dob hob bobbie rab rabbie|roderick roddy|rodrigo ruy|roger rodger rodge hodge rudiger ruggero
roland orlando rolly rollo|rolf rudolf|ronald ranald|rosalia rosie|rosamund rosa roz|rosanna rosie anna|rosa rosie rosita|rose rosa rosina|rowland rolly|roxana roxy|rudolf rudi rolf rudolfo
rufus rufe|ruth ruthy|salome sally|samson sam|samuel samuil sammie|sarah sal sallie sary|sebastian bastian basti bas sebastien|selina lina|septimus sep
sergio sergei sergey|seth set|shirley lee|sidney syd|siegfried sigi|sigmund sig zygmunt|silas si|silvester vester|simeon simon sim|simon shimon szymon
solomon solly salman|sophia sofia sophie sofie zofia sophy|stanislaus stanislaw stas|stella estelle|stephanie steffi stephania stefanie|stephen stefan stefano etienne estevan stephan istvan szczepan
susan susana zuzanna sukey suzie susie susannah suse|sylvia silvia|tabitha tab|tatiana tanya tania|terence terrence|theodora dora thea theda|theodore theodor fyodor teodoro teo tad
theresa therese teresa terri resi tracy|thomas tomasz tommaso tam tamas thom thos|timothy timotheus|tobias toby|ursula ulla uschi|valentine val|valentina val tina
vanessa nessa|venus|veronica vera|victoria vic vicki viktoria|vincent vincenzo vicente vin|violet viola violetta|virginia ginnie|vivian vivien viv
vladimir volodymyr volodya vova|walter wat gualtiero gautier|wilfred willie|wilhelmina willa wilma billie minna elma helma mina|william wilhelm guillaume guglielmo willem wiliam gwilym guillermo vilhelm wim bill will wills
winifred freda winnie|winston win|xavier javier xaver|yvonne eve|zachariah zachary zach zak zacharias|zachary zak|zebulon zeb|zedekiah zed|zephaniah zeph
agnieszka aga|barbara basia|elzbieta ela|ewa ewka|jan janek|jerzy jurek|jozef jozek|katarzyna kasia|krzysztof krzysiek krzys|magdalena madzia|malgorzata gosia|stanislaw staszek|tomasz tomek|wojciech wojtek
aleksandr sasha shura|alexey alyosha lyosha|anastasiya nastya|dmitry dima mitya|ekaterina katya|elena lena alena|evgeny zhenya|galina galya|grigory grisha|ivan vanya|lyudmila lyuda mila|mariya masha|mikhail misha|nikolay kolya
natalya natasha|olga olya|pavel pasha|petr petya|sergey seryozha|svetlana sveta|tatyana tanya|vladimir vova volodya|yekaterina katya|yulia yulya
alejandro alex jandro|antonio toni tonio nino|concepcion concha conchita|dolores lola|enrique quique kike|francisca paca paqui|francisco paco curro fran kiko|guadalupe lupe|guillermo memo|ignacio nacho|isabel isa chabela|jesus chus|jose pepe|josefa pepa|manuel manolo|mercedes merche|pilar pili|rafael rafa|rosario charo
alessandro sandro|antonio tonino toto|beatrice bice|domenico mimmo|elisabetta betta|federica fede|federico fede|francesca franca cesca|francesco franco ciccio|giacomo mino|giovanni vanni gianni|giuseppe peppino beppe|leonardo leo|lorenzo enzo|luigi gigi|margherita rita|raffaele lello|salvatore toto turi|vincenzo enzo
ahmed ahmad ahmet|ali aly|fatima fatma|hassan hasan|hussein husain hussain huseyin|ibrahim ibo|khadija hatice|mustafa mostafa|omar umar omer|osman othman uthman|youssef yousef yusuf|zaynab zeynep zainab
winifred winnie fred|zachary zach zack|zoe
`;

/** Further given names of several languages: another one of them, or the other sex's form of one, is no slip of the pen. */
const others = `
adrian aleksander andrej antonin armand bastian cesar constantin cristian damian denis dominik emanuel fabian ferdinand filip frederik gabriel
gregor ignatz jaroslav joaquin johan josef joel karol leonid lucian ludwig luc marcel marcin marian marius maxim michal mikael miroslav
nikolai octavian pascal patrik petr quentin radoslav rajkumar reinhard roman severin silvan stanislav stefan sylvain theodor urban valentin
vasil vladimir xavier yvon zdenek daniel martin simon paul darnell darrell rahul rahil amina amira karim karam devon devin aisha alisha jayden hayden priya priyanka carl carlo claudio julio francesco sergei alain andre rene emmanuel jacob noel
adam agata ahmed aisha alan ali alma amina amir ana andrea anita anja anouk antje arjun astrid aylin axel beata bela boris brian bruno carla
celine clara claudia cora dagmar dario dario elena elias elif elin ella elsa emil emilia emine emma erik erika erwin eva fatima felix fiona
florian franz frieda gerd gita greta gunnar hana hanna hans hassan heike heinz helga henrik hilde ida ines inga ingrid irina ivan ivana jana
jens jonas jorge jutta kai karla katja kenji klara klaus kurt lara lars laura lea leila lena leon lia liam lina lisa lola lorena luca luis
luisa luka maja malin manuel mara marek mario marion marta mats mehmet mia mila milan mina mira miriam mohamed mona murat nadia nadja nora
nina noah ola olga olaf omar oskar otto pablo paola pavel pia priya rafael ralf rasmus ravi renate rita rolf romy rosa runa ryan sabine samir
sandra selma sergio sina sofia sonja sophia sven tanja tarik tina tobias tom uwe vera vera viktor wanda werner xaver yara yusuf zara zita
`;

const groupsOf = new Map<string, number[]>();
const all = groups.split(/[|\n]/).filter((line) => line !== '');
all.forEach((line, group) => {
  for (const name of line.split(' ')) groupsOf.set(spelling(name), [...(groupsOf.get(spelling(name)) ?? []), group]);
});

const known = new Set([...all.flatMap((line) => line.split(' ')), ...others.split(/\s+/)]);

/** Eddie, Eddy and Eddi are one. */
function spelling(name: string): string {
  return name.replace(/(?<=...)(?:ie|ey|y|i)$/, 'y');
}

const none: readonly number[] = [];

/** Numbers of the groups that the given name is in: two names that share one may be one person's. */
export function nicknameGroups(name: string): readonly number[] {
  return groupsOf.get(spelling(name)) ?? none;
}

/** Many people are called so. */
export function isKnownName(name: string): boolean {
  return known.has(name) || isGivenName(name);
}
