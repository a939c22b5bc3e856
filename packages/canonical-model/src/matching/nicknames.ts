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
groups
  .split(/[|\n]/)
  .filter((line) => line !== '')
  .forEach((line, group) => {
    for (const name of line.split(' ')) groupsOf.set(name, [...(groupsOf.get(name) ?? []), group]);
  });

const known = new Set([...groupsOf.keys(), ...others.split(/\s+/)]);

const none: readonly number[] = [];

/** Numbers of the groups that the given name is in: two names that share one may be one person's. */
export function nicknameGroups(name: string): readonly number[] {
  return groupsOf.get(name) ?? none;
}

/** Many people are called so. */
export function isKnownName(name: string): boolean {
  return known.has(name) || isGivenName(name);
}
