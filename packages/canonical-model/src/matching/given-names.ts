/**
 * Given names of many languages in Latin letters: another one of them is no slip of the pen, however near. Short forms stand in
 * `nicknames.ts`.
 */
const names = `
aarav aditi aditya ajay akash amit amita amrita ananya anand anil anila anita anjali ankit ankita anuj arjun arun aruna arvind asha ashok
ashwin bharat bhavna chandra chitra deepa deepak deepika dev devi dinesh divya farhan gaurav gauri geeta gita gopal govind harish hema indira
ishaan ishita jaya jyoti kabir kajal kamal kamala karan karuna kavita kiran krishna kumar lakshmi lalita lata mahesh manish manisha manoj meena
meera megha mohan mohini mukesh nandini naresh naveen neel neelam neha nidhi nikhil nikita nisha nitin pallavi pooja prabha pradeep prakash
pramod pranav prasad prashant pratik preeti prem priyanka rachna radha radhika raj raja rajan rajesh rajiv rakesh ram rama ramesh rani rashmi
ravindra rekha ritu rohan rohini rohit roshan roshni sachin sagar sandeep sangeeta sanjana sanjay sanjiv santosh sarita saroj savita seema shalini
shanti sharad sheela shilpa shiv shobha shreya shyam siddharth smita sneha sonal sonali sonia sudha sudhir sujata suman sumana sumit sumita sunil
sunita suraj suresh surya sushil sushila swati tanvi tara uday uma usha vandana varun vasant veena vidya vijay vijaya vikas vikram vimal vimala
vinay vineet vinod vishal vivek yash aamir abbas abdullah abdul adel adnan afsana ahmad aida aliya alia amal amani amjad anas anwar arwa asad asim
asma asmaa aya ayman aziz aziza badr bashir basma bilal bushra dalia dina ebrahim fadi fadia fahad fahd faisal farah farid farida fares faris farouk
faten fawzi fayza ghada habib habiba hadi hafsa haidar hala hamid hamida hamza hanan hani hania hasan hasna hatem hiba hisham huda hussain
hussein ibrahim idris ihsan ikram iman imran inas iqbal isam ismail jabir jafar jalal jamal jamil jamila jawad kamil kamila kareem karima khadija
khaled khalid khalil laila lamia latif latifa layla lina lubna maha mahmoud majid majida malak malik malika mansour marwa marwan maryam mehdi
mohammad mohammed moin mona mounir muhammad mukhtar muna munir munira mustafa nabil nabila nada nader nadir nadim naima najat najib najla
nasim nasir nasser nawal nazir nour noura nur omar osama othman qasim rabia rachid rachida raed rafik rahim rahma raja rami rana rania rashid
rashida rasha rawan razan reem rida rim riyad saad sabah sabri sadia said saida sahar saleh salem salim salima salma salman salwa sami samia
samira sana saoud shadi shadia shaima sharif sharifa sufyan suleiman taha tahir tahira talal taleb tamer wafa wael walid yahya yasin yasir yasmin
yasmina younes yousef youssef yusra zahir zahra zaid zain zaina zainab zaki zakia zeinab ziad zohra
bo chao chen cheng chun dan dong fang fei feng gang guang hai hao hong hua hui jia jian jiang jiayi jiahao jie jin jing jun juan kai kun lan lei
li lian liang lin ling long lu man mei meng min ming na nan ning peng ping qi qian qiang qin qing rong rui ruoxi shan shu tao ting wei wen wenjing
xia xian xiang xiao xiaoming xin xinyi xiu xue xuan yan yang yi yichen yifan yin ying yong yu yuan yue yun yuxi yuxin yuxuan zhen zheng zhi zhiwei
zhong zihan zixuan zixin haoran haoyu junjie minghao siyu mengyao
akari akira aoi asuka ayaka ayumi chika chiyo daichi daiki emi emiko eri fumiko hana hanako haru haruka haruki haruko haruna haruto hideo hideki
hikari hinata hiro hiroko hiroshi hitomi ichiro izumi jiro junko kaito kaori kaoru kazuki kazuko kazuo keiko keita kenta kenji kiyoshi koji kumi
kumiko kyoko maki makoto manami mari mariko masaki masako masao masaru mayumi megumi michiko midori mika mikiko minoru misaki miyuki mizuki nana
nanami naoki naoko naomi natsuki nobuko noriko osamu ren reiko rie riku rin rina ryo ryota sachiko sakura satomi satoshi sayaka shigeru shin
shinji shizuka shota shun sora sota sumiko tadashi taichi takahiro takashi takeshi takumi taro tatsuya tetsuya tomoko tomomi toshiko toshio
tsubasa yoko yoshiko yoshio yui yuka yuki yukiko yukio yuko yumi yumiko yuna yusuke yuta yuto yuuki
chulsoo dongwon eunji hana haeun hyejin hyun jaehyun jihoon jihye jimin jinwoo jisoo jiwon jiwoo jiyeon junho kyungsoo minho minji minjun minseo
mira sangwoo seojun seoyeon seoyun seunghyun sooyoung soyeon sujin sumin taehyung yejin younghee youngsoo yuna yunseo
abdullah adem ahmet alper arda asli aslihan aydin ayhan ayla aynur ayse aysel aysun aziz bahar baris batuhan berat berk berna betul bora burak
burcu can canan cem cemal cemile cenk deniz derya dilara dilek duygu ebru ece ecrin eda ege elcin emir emrah emre enes engin ercan erdem eren
erhan erkan erol ersin esin esra fadime fatih fatma ferhat feride figen filiz firat furkan gamze gizem gokhan gonul gul gulay gulsen hakan halil
halime hamdi handan hande harun hasibe hatice havva huseyin hulya ilker ilknur irem ismet kaan kadir kemal kerem kubra levent mehmet melek melike
melis meltem mert merve mesut metin mine miray muge murat musa mustafa mutlu nazli necati nergis neslihan nihat nilgun nilufer nur nuray nurcan
okan oguz onur orhan osman ozan ozge ozgur ozlem pelin pinar ramazan recep remzi ridvan sabri sedat seda selcuk selim selin selma semih sena serap
serdar serhat serkan sevda sevgi sevil sevim sibel sinan songul suat sukran suleyman sule tahir tamer taner tarkan tolga tuba tugba tuncay turgut
ufuk ugur umit umut utku ulku volkan yagmur yakup yasemin yavuz yeliz yigit yildiz yilmaz yuksel yunus yusuf zehra zekai zeki zeynep
agnieszka aleksandra alicja andrzej aneta anna artur barbara bartosz beata bogdan bogumil bozena cezary czeslaw danuta dariusz dawid dominika dorota
edyta elzbieta ewa ewelina franciszek grazyna grzegorz halina hanna henryk hubert irena iwona jacek jadwiga jakub jan janina janusz jaroslaw jerzy
joanna jolanta julia justyna kamil kamila karolina katarzyna kazimierz kinga krystian krystyna krzysztof lech leszek lidia lucyna lukasz maciej
magda magdalena malgorzata marcelina mariola mariusz marlena marzena mateusz michalina mieczyslaw milosz monika natalia oliwia patrycja paulina
pawel piotr przemyslaw radoslaw renata ryszard sebastian slawomir stanislaw stanislawa sylwester sylwia szymon tadeusz teresa tomasz urszula
waclaw weronika wieslaw wieslawa wiktor wiktoria wladyslaw wlodzimierz wojciech zbigniew zdzislaw zofia zuzanna zygmunt
aleksei aleksey aleksandr alina alla alyona anastasia anastasiya anatoly andrei andrey antonina arkady artem artyom boris daria darya denis dmitri
dmitry ekaterina elena evgeni evgeny evgenia fedor fyodor galina gennady georgy gleb grigory igor ilya inna ivan kira kirill konstantin ksenia larisa
lev lidia lyubov lyudmila maksim margarita marina mikhail nadezhda natalia natalya nikita nikolai nikolay oksana oleg olesya pavel polina
roman ruslan sergei sergey stepan svetlana tamara tatiana tatyana timofei timur ulyana vadim valentina valery valeria varvara vasily vera veronika
viktoria vitaly vitalina vladislav vladislava vyacheslav yana yaroslav yaroslava yegor yelena yulia yuri yury zhanna zoya
adriana agustin aitana alba alberto alejandra alejandro alfonso alicia alonso alvaro amparo andres angeles angelica antonia ariadna arturo aurora
beatriz belen benito berta blanca camila carla carlota carmen carolina catalina cecilia celia clara claudia concepcion consuelo cristina cristobal
daniela diego dolores domingo eduardo elvira emilia emilio enrique ernesto esperanza esteban esther eugenia eva fabiola federico felipe felisa
fernanda fernando francisca gabriela gerardo gloria gonzalo graciela guadalupe guillermo gustavo hector hernan hugo ignacio inmaculada irene isabel
ismael ivan jaime javier jesus jimena joaquin jose josefa juan juana julian julia juliana laura leandro leonor leticia lidia lorena lorenzo lourdes
lucas lucia luciana luis luisa luz manuel manuela marcela marcelo marcos margarita mariana mariano maribel maricarmen mario marisol marta martin
martina mateo matias mauricio mercedes miguel milagros miriam monica montserrat natalia nerea nicolas noelia nuria olga oscar pablo paloma patricia
paula paulina paulo pedro pilar purificacion rafael raimundo ramiro ramon ramona raquel raul rebeca ricardo roberto rocio rodrigo rogelio rosa
rosario ruben salvador samuel sandra santiago sara saul sergio silvia soledad sofia susana teresa tomas valentin valentina valeria vanesa veronica
vicente victor victoria violeta virginia ximena yolanda
adriano alessandra alessandro alessia alfredo amedeo andrea angela angelo anna antonella arianna armando arturo aurelio barbara beatrice benedetta
bianca bruno camilla carla carlo caterina chiara cinzia claudio clelia cosimo cristiano damiano daniele dario davide debora diana domenico donatella
edoardo elena eleonora elisa elisabetta emanuele emanuela enrico enzo ernesto fabio fabrizio federica federico filippo fiorella flavia flavio
franca francesca francesco franco gabriele gaia gennaro giacomo gianluca gianni gino gioia giorgia giorgio giovanna giovanni giulia giulio giuliana
giuliano giuseppe giuseppina graziella guido ilaria irene ivano laura leonardo letizia lidia liliana loredana lorenzo luca lucia luciano ludovica
luigi luigia marcello marco margherita maria mariangela marina marisa martina massimo matilde matteo maurizio mauro michela michele mirella monica
nadia nicola nicoletta noemi ornella paola paolo pasquale patrizia piera piero pietro raffaele raffaella renato riccardo rita roberta roberto rocco
romano rosa rosanna rosario rossella sabrina salvatore sara sergio serena silvana silvano silvia silvio simona simone sofia stefania stefano
susanna tiziana tommaso ugo umberto valentina valeria vincenzo virginia vito vittoria vittorio
adele adeline agathe aime alain albane alban alexis aline alix amandine amelie anais andree ange angelique annick antoine apolline ariane armelle
arnaud arthur aude audrey augustin aurelie aurelien axelle baptiste bastien benedicte benoit bernadette bertrand blandine boris brigitte camille
capucine carole catherine cedric celeste chantal charlene charlotte chloe christelle christiane christophe claire clarisse claude clemence clement
clementine clotilde alexandr colette coralie corentin corinne cyril damien daniele danielle delphine denise didier dominique dorothee edith edouard elise
eloise emeline emeric emilie emilien emma enzo eric estelle etienne eugenie evelyne fabien fabienne fabrice faustine felicie fernand flavie florence
florent florentin florian francine franck francois francoise frederic frederique gabrielle gaelle gaetan gaspard gauthier genevieve georges gerard
germain germaine ghislaine gilbert gilberte gilles gisele guillaume gustave guy gwenaelle helene henri herve honore hortense huguette ines isabelle
jacqueline jacques jeanne jeannine jerome joel joelle jocelyne josette josiane jules julien julienne juliette justine karine laetitia laure laurent
laurence laurie lea leonie leopold liliane lionel lisa loic louane louise louison luc lucas lucette lucie lucien lucienne ludivine ludovic madeleine
mael maelle manon marcel marcelle margaux margot marguerite marianne marielle marine marion marlene marthe martial martine mathias mathieu mathilde
matthieu maud maurice maxence maxime melanie melissa michel michele micheline mireille monique morgane muriel myriam nadege nadine nathalie nicolas
nicole noe noemie odette odile olivier oceane pascal pascale patrice paulette pauline perrine philippe pierrette quentin raphael raymond raymonde
regine regis remi remy renaud rene renee robin rodolphe roger roland romain romane rosalie roxane sabine salome samuel sandrine severine simone
solange solene sophie stephane stephanie suzanne sylvain sylvaine sylvette sylvia sylvie tanguy thibault thierry timothee tristan valentin valentine
valerie veronique victoire victorine vincent violette virginie viviane xavier yann yannick yves yvette yvonne zoe
achim agnes albrecht alfons alois andreas angelika anneliese annette annika anton arne arnold august axel barbel bernd berthold bettina birgit birgitta
bjorn brigitte britta burkhard carina carmen carola carsten christa christel christiane christina christoph claudia clemens cornelia corinna dagmar
daniela detlef dieter dietmar dietrich dirk dominik doris dorothea eberhard edeltraud egon ekkehard elfriede elisabeth elke ellen elmar emma erich
ernst esther eugen evelyn ewald felicitas fritz gabriele georg gerda gerhard gerlinde gertrud gisela gottfried gregor gudrun gunter gunther hannelore
hannes hartmut hedwig heide heidi heiko heiner heinrich helene helga helmut henning herbert heribert hermann hildegard hiltrud holger horst hubert
hugo ilona ilse ingeborg inge ingo ingolf isolde jan jessica joachim jochen johann johanna johannes jonathan josef josefine judith julian juliane
jurgen karin karl karolin katharina kathrin katrin kerstin kilian kirsten klemens konrad konstantin kristina lieselotte lothar ludwig lukas luise
lutz lydia magdalena maike manfred manuela margarete margit margot margret marianne marie mariele markus marlies marlene marlis martha martina
mathilde matthias mechthild melanie merle michaela mirjam mirko monika moritz nadine nicola nicole niklas nils norbert olaf oliver ortrud oswin
ottilie patricia paula peter petra philipp raimund rainer ralph ramona raphael rebekka regina reinhard reinhold renate richard roland rolf romina
rosemarie rosmarie roswitha rudiger rudolf ruprecht ruth sandra saskia sascha siegfried sieglinde siegmund sigrid silke silvia simone sonja sonke
stefan stefanie steffen susanne svenja sylke theo theresa theresia thorsten tilman timo torben torsten traudel traute ulrich ulrike ursula uta ute
verena veit viktoria volker volkmar waltraud werner wibke wiebke wilfried wilhelm willi winfried wolfgang wolfram
aase agneta aksel albin alva amund anders anette ann annbritt annelie arvid ase asger astri aud bengt berit birger birgit birgitte bo borje brita
britt carina carsten cecilie charlott christer dag dagny ebba egil einar eirik eivind elin elina ellinor elof elsebeth elvira emelie emil erika erland
erling ester eskil espen eva fredrik freja frida frode gerd gjertrud goran gosta greger grete gro gudmund gun gunborg gunilla gunhild gunnar gustav
haakon hakan halvard harald hedda hege helle hella hjalmar idun inger ingeborg ingemar ingerid ingvar ingvild ivar jarle jesper johan jon jonna jorgen
jorunn kaj kari karianne karl karoline kasper katarina kerstin kirsti kjell kjersti knut kristian kristin kristoffer lasse leif lena lennart lillian
linn linnea lisbeth liv lotta ludvig maj malene malin mads magnus margareta margit marit marten mathea mats mattias mette mikael mikkel mogens monica
morten nanna niels nils nina ola olav ole olof oskar oyvind palle per pernilla petter pia poul preben ragnar ragnhild rikke rolf roar rune sanna
sigbjorn sigrid sigurd sindre siri siv soren solveig steinar sten stian stig stina sture sunniva susann svein sven sverre synnove tage terje therese
thor thora tobias tone torbjorn tord tore torgeir tormod tove trond trygve tuva ulf ulla ulrika unni urban vendela vidar vigdis vilde vilhelm viveka
yngve aino aki antero anneli antti arto eero eeva eija eino elina ella erkki esa eila hanne hannu harri heikki heli helena hilkka ilkka irja irmeli jari
jarmo jaakko jorma jouni juha juhani jukka jussi kaarina kaija kalevi kalle kari katariina kauko kimmo kirsi kyllikki lasse lauri leena liisa maarit
maija marja marjatta marko matti mauri mika mikko minna mirja olli orvokki outi paavo paivi pasi pekka pertti petri pirjo pirkko raija raimo reijo
riitta risto ritva sakari sami sanna sari satu seija seppo sirkka sirpa soile taina tapani tapio tarja tarmo teemu tero terttu tiina timo toivo tommi
tuija tuomas tuula tuulikki ulla urho vesa veikko vaino ville
adebayo adeola adunni ama amara aminata amadou awa ayodele babajide babatunde binta chidi chidinma chika chike chinedu chinwe chioma chukwuma dembe
dikembe ebele efua emeka esi fanta fatou fatoumata femi folake funmi grace halima ibrahima ife ifeoma ijeoma ike isha jabari jelani kamau kehinde kofi
kojo kwabena kwame kwaku kwasi lamine lwazi mamadou mariama moussa ngozi nia njeri nkechi nnamdi nomsa obi ola olumide oluwaseun onyeka ousmane
oumar rotimi sekou segun seydou sipho sizwe taiwo temitope tendai thabo themba tunde uche wanjiru yaa yaw yetunde zanele zola
anh an bao bich binh chau chi cuong diem diep dinh dung duc duong giang ha hai hang hanh hien hieu hoa hoai hoang hue hung huong huy huyen khanh khoa
kim lam lan linh loan loc long mai minh my nam nga ngan nghia ngoc nguyet nhan nhi nhung phong phuc phuong quan quang quoc quyen quynh son tam tan thach
thai than thanh thao thi thien thinh thu thuan thuy tien tin toan trang tri trinh trung truc tu tuan tung tuyen tuyet uyen van viet vinh vy xuan yen
athanasios alexandros alexandra anastasios angeliki antonis aristea athina charalambos christos chrysa dimitra dimitris dimitrios eftychia eirini
eleftheria eleni evangelia evangelos fotini georgia georgios giannis giorgos ilias ioanna ioannis kalliopi katerina konstantinos konstantina kostas
kyriakos kyriaki magda manolis maria marios michalis nikos nikolaos nikoletta panagiota panagiotis paraskevi petros sofia sotiria sotiris spyridon
spyros stavros stavroula stelios stella thanasis theodora theodoros vasiliki vasilis vasileios yannis zoi
amanda anderson andreia aparecida antonio augusto bruna caio camilo cassia caue cristiane danilo davi debora denilson diogo eduarda elaine eliane
elisangela fabiana fabiano fabricio fernanda flavio gilberto gilson giovana gisele guilherme heitor henrique igor ivone jaqueline joana joao jorge
jose josue juliano jurema karina katia larissa leandro leila lorena luan luana luciana luciano luiz luiza marcia marcio marcos mariana mariane matheus
mauricio milena miriam murilo nayara nelson neusa otavio patricia paulo pedro priscila rafaela raimunda regina renan renata ricardo rodrigo
rogerio ronaldo rosana rosangela samara sandro sebastiao silvana simone sueli tais tania tatiane thais thiago tiago valdir vanessa vera vinicius vitor
vitoria viviane wagner wellington wesley yasmin
omer meryem serif serife sultan hanife busra emin emine cemil cemile samet samiye halile adem adile asli aziz azize bekir berk berke beyza bilge bulent
canan cemal cemile cihan dogan ece edip elcin emir ender engin enver ercan erdal erdem erhan erol ersin ertan esin ethem fadime faruk fehmi ferhat
feride fikret fikriye filiz gokce gokhan gonul gulay gulcan gulsen hakan hakki haluk hamdi hamide haydar hayri hikmet hulya idris ilker ilknur ipek
irfan ismet kader kadir kadriye kazim kenan koray leman levent lutfi mahmut mahmure mahir mecit mediha melek melih melike mesut metin muhittin muhsin
muzaffer naci naciye nazim nazmiye necati necla necmi nesrin nevin nezih nezihe nihal nihat nilgun nimet niyazi nuray nuri nuriye oguz okan oktay ozan
ozgur ozge pelin pinar recep refik rukiye saadet sabri sabriye sadik sadiye salih saliha savas sedat seda sefa semih semiha semra serap sermin sevda
sevil sevim seyfi sibel sinan suat sule sukru sukran tahir tahire taner tayfun teoman tufan tugba tulay turgut ufuk ugur umit umut vedat veli vildan
yakup yalcin yavuz yildiz yilmaz zafer zeki zekiye
amin amina amine amir anwar ashraf asad ayman aziz aziza badr basim basma bashir bashira bassam farid farida faris fadi fadia fahd faisal fawzi fawzia
fouad ghassan habib habiba hadi hadia hakim hakima halim halima hani hania harith hasna hatim haytham hisham iyad jabir jalal jalila jawad khalil khalila
kamil kamila latif latifa lutfi maher majid majida malik mansur marwan marwa mazen munir munira mounir mounira muna nader nadir nadira naim naima najib
najiba najwa nasir nasser nawal nazim nizar nour noura omnia osama qasim rabab rafiq rafiqa raed rahim rahima rahman ramzi rami rana randa rashad raouf
rima riyad ruba sabah saad sadiq sadiqa sahar salah saleh salim salima samar sami samia sanaa sharif sharifa shadi shadia suhail suhaila sulaiman tamer
tariq tarek taher tahira thuraya usama wael wafaa walid walida wasim wisam yahya yasir yasser yazid zaid zaynab zain zaina zaki zakia ziad
akiko akihiko akio asuka atsuko atsushi ayako chieko chikako eiji eiko emiko fumio hanako hideki hideko hiroaki hiromi hironori hiroto hitomi ichiro
izumi kana kaori katsuo kazuki kazuya keisuke keita kenichi kenjiro kiyoshi kosuke kumi kyoko maiko maki manabu masaki masako masaru masashi
mariko megumi michio midori mieko miho miki mitsuo mitsuko miyuki nana naomi natsuki natsumi nobuo nobuko rika rikuto rumi ryo ryoko ryosuke satomi
sayaka seiji shigeo shinji shizuko sho shun sumiko tadashi taeko takahiro takako takao takeshi taro tatsuya tomohiro tomomi toshio toshiko tsutomu
yasuko yasuo yasushi yoichi yoshiko yoshio yosuke yukari yukiko yukio yumi yuri yutaka yuya
adel adrienn agnes agoston akos anett aniko aranka arpad attila balazs balint barnabas bence bela boglarka borbala csaba csilla csongor dalma denes
dezso edina edit eniko erno erzsebet eszter etelka ferenc fruzsina gabor gellert gergely geza gizella gyorgy gyula hajnalka ibolya ildiko imre istvan
janos jeno jozsef jozef judit katalin kalman karoly kinga klara kornel kornelia krisztian krisztina laszlo lajos levente lilla lorand margit marton
matyas mihaly miklos nandor nikoletta noemi orsolya pal piroska reka rozalia sandor sarolta szabolcs szilard szilvia tamas tibor tunde vilmos viola
zoltan zsigmond zsofia zsolt zsuzsanna zsuzsa
adela adina adrien adrienne alin alina anca andreea andrei aurel aurelia bogdan bogdana calin camelia catalin catalina ciprian claudiu constanta corina
cornel cornelia cosmin cosmina costin cristina dan dana daniela dorin dorina dragos dumitru elisabeta eugen eugenia florin florina florentina gabriela
gheorghe gheorghita horia iacob ileana iulia iulian iuliana ioan ioana ion ionel ionela ionut lavinia lenuta liviu livia loredana lucia lucian luminita
madalin madalina magda marcela mihai mihaela mihail mircea mirela monica nelu nicoleta octavian oana ovidiu paraschiva paul petre petru radu raluca
razvan rodica roxana silviu silvia simona sorin sorina stefania teodor teodora toma traian valeria valeriu vasile vasilica veronica victor viorel viorica
alexei alexej alexey alyona anatoly anton arkady artem artyom bogdan boris daria darya denis dina eduard evgenia evgeny evgeni evgeniya fedor fyodor galina
gennady georgy gleb grigory igor ilya inna kirill konstantin ksenia lada larisa leonid lidia lyudmila maksim margarita marina maxim nadezhda natalia nikita
oksana oleg oxana polina raisa roman ruslan sergey semyon stanislav stepan svetlana taras tatiana tatyana timofey timur vadim valentina valery valeria
varvara vasily vera viktoria vitaly vladislav vladislava volodymyr vyacheslav yaroslav yegor yulia yuri yury zhanna zinaida
gillian jillian bryan byron brianna brenda brandon brendan darren darrin darryl deanna deana dina donna dorian doreen ellen elaine eileen esme ewan gavin
gwen heidi hilary hilda iris ivy jocelyn joleen karin kerry kieran kiran lana lorna lorraine marian marion mavis maxine merle mervyn myra myrna nadine norma
pearl ramona robyn rowan sheena shane shaun sheila sinead stacey tania tanya tracey tracy trevor tristan una wilma yolanda
`;

let all: ReadonlySet<string> | null = null;

/** Many people are called so, somewhere. */
export function isGivenName(name: string): boolean {
  all ??= new Set(names.split(/\s+/));
  return all.has(name);
}
