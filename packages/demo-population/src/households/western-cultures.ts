import { alike, listed, shortened, towns, type Culture } from './culture.ts';

const english: Culture = {
  country: '+44',
  women:
    listed(`Margaret Dorothy Susan Patricia Helen Rebecca Victoria Charlotte Abigail Hannah Lucy Grace Eleanor Harriet Gemma Rachel
    Joanne Tracey Louise Natalie Heather Megan Bethany Imogen Phoebe Rosemary Judith Gillian Pauline Sheila Catherine Elizabeth`),
  men: listed(`William James Thomas George Edward Robert Richard Christopher Daniel Matthew Andrew Stephen Peter Simon Graham Keith Trevor
    Nigel Stuart Gareth Callum Oliver Harry Samuel Benjamin Nicholas Timothy Anthony Kenneth Douglas Philip Michael`),
  families:
    listed(`Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts Green Hall
    Wood Jackson Clarke Hughes Edwards Harrison Turner Cooper Hill Ward Moore Clark Baker Harris King Bennett Lewis Parker Holmes Fletcher
    Barnes Pearson Hartley Whitworth Ashcroft Thornton Bradshaw Pickering Kershaw Sutcliffe Ogden Bairstow Crowther`),
  shortened:
    shortened(`Margaret=Maggie Susan=Sue Patricia=Pat Rebecca=Becky Victoria=Vicky Charlotte=Lottie Catherine=Kate Elizabeth=Liz
    William=Bill James=Jim Thomas=Tom Edward=Ted Robert=Bob Richard=Dick Christopher=Chris Daniel=Dan Matthew=Matt Andrew=Andy Samuel=Sam
    Benjamin=Ben Nicholas=Nick Timothy=Tim Anthony=Tony Kenneth=Ken Michael=Mike`),
  alike: alike('Daniel/Danielle Simon/Simone Robert/Roberta Christian/Christina Stephen/Stephanie'),
  towns: towns(`Leeds LS# #??
    Bristol BS# #??
    Norwich NR# #??
    Sheffield S1# #??
    Exeter EX# #??
    Durham DH# #??`),
  streets:
    listed(`Mill_Lane Church_Road Station_Road Victoria_Street Park_Avenue Orchard_Close High_Street Bridge_Street Manor_Road
    Chapel_Lane Queens_Terrace Spring_Gardens`),
  line: (street, number, flat) => `${flat === null ? '' : `Flat ${flat}, `}${number} ${street}`,
};

const german: Culture = {
  country: '+49',
  women:
    listed(`Anna Ursula Helga Renate Monika Petra Sabine Claudia Katrin Stefanie Julia Lena Marie Sophie Johanna Franziska Heike
    Birgit Gisela Ingrid Brigitte Susanne Andrea Silke Anja Nadine Jasmin Clara Frieda Charlotte Elisabeth Margarete`),
  men: listed(`Hans Peter Wolfgang Klaus Jürgen Dieter Manfred Uwe Bernd Thomas Michael Andreas Stefan Christian Markus Martin Frank Jens
    Torsten Sebastian Florian Tobias Jan Lukas Felix Maximilian Jonas Paul Emil Friedrich Günther Alexander`),
  families:
    listed(`Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf
    Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Werner Krause Lehmann Köhler Maier Herrmann König Walter Huber
    Kaiser Fuchs Peters Scholz Möller Weiß Jung Hahn Vogel Friedrich Keller Günther Berger Winkler Lorenz Baumann`),
  shortened:
    shortened(`Elisabeth=Lisa Margarete=Greta Maximilian=Max Alexander=Alex Sebastian=Basti Friedrich=Fritz Michael=Micha
    Andreas=Andi Susanne=Susi Franziska=Franzi Johanna=Hanna Stefanie=Steffi`),
  alike: alike('Daniel/Daniela Martin/Martina Christian/Christiane Paul/Paula Gabriel/Gabriele Simon/Simone'),
  towns: towns(`Köln 50###
    Hannover 30###
    Leipzig 04###
    Freiburg 79###
    Bremen 28###
    Kassel 34###`),
  streets:
    listed(`Mühlenstraße Hauptstraße Bahnhofstraße Gartenweg Lindenallee Schillerstraße Goethestraße Bergstraße Kirchgasse
    Am_Markt Rosenweg Ringstraße`),
  line: (street, number) => `${street} ${number}`,
};

const french: Culture = {
  country: '+33',
  women:
    listed(`Marie Jeanne Françoise Monique Catherine Nathalie Isabelle Sylvie Véronique Céline Aurélie Camille Léa Manon Chloé Inès
    Mathilde Pauline Juliette Margaux Élodie Sandrine Valérie Chantal Brigitte Odile Geneviève Simone Claire Hélène`),
  men: listed(`Jean Pierre Michel André Philippe Alain Bernard Christophe Laurent Nicolas Julien Sébastien Guillaume Antoine Thibault
    Mathieu Romain Hugo Lucas Théo Quentin Olivier Didier Gérard Thierry François Jacques Marcel Étienne Rémi`),
  families:
    listed(`Martin Bernard Dubois Robert Richard Petit Durand Leroy Moreau Simon Laurent Lefebvre Michel Garcia David Bertrand Roux
    Vincent Fournier Morel Girard André Mercier Dupont Lambert Bonnet François Martinez Legrand Garnier Faure Rousseau Blanc Guérin Muller
    Henry Roussel Nicolas Perrin Morin Mathieu Clément Gauthier Dumont Lopez Fontaine Chevalier Robin Masson Sanchez`),
  shortened: shortened(
    'Catherine=Cathy Isabelle=Isa Nathalie=Nath Véronique=Véro Nicolas=Nico Christophe=Chris Sébastien=Seb',
  ),
  alike: alike('Michel/Michèle Pascal/Pascale Emmanuel/Emmanuelle Gabriel/Gabrielle Frédéric/Frédérique'),
  towns: towns(`Lyon 6900#
    Nantes 44###
    Dijon 21###
    Tours 37###
    Rennes 35###`),
  streets:
    listed(`rue_de_la_Paix rue_Victor_Hugo avenue_Jean_Jaurès rue_des_Lilas boulevard_Voltaire rue_du_Moulin place_de_la_Mairie
    rue_Pasteur chemin_des_Vignes rue_Molière`),
  line: (street, number, flat) => `${number} ${street}${flat === null ? '' : `, Apt ${flat}`}`,
};

const spanish: Culture = {
  country: '+34',
  women:
    listed(`María Carmen Ana Isabel Dolores Pilar Teresa Rosa Cristina Marta Lucía Elena Paula Laura Sara Raquel Beatriz Nuria Silvia
    Patricia Rocío Mercedes Consuelo Inmaculada Alba Noelia Irene Claudia Sofía Julia`),
  men: listed(`Antonio José Manuel Francisco Juan Javier Carlos Miguel Rafael Pedro Ángel Alejandro Fernando Sergio Pablo Jorge Alberto
    Álvaro Diego Adrián Raúl Rubén Óscar Ignacio Enrique Ramón Vicente Joaquín Andrés Santiago`),
  families:
    listed(`García_López Martínez_Ruiz Fernández_Gil Sánchez_Mora Pérez_Vega González_Díaz Rodríguez_Cano Gómez_Torres Jiménez_Soto
    Hernández_Rey Moreno_Prieto Muñoz_Blanco Álvarez_León Romero_Campos Alonso_Ortega Gutiérrez_Vidal Navarro_Reyes Torres_Marín
    Domínguez_Ramos Vázquez_Nieto Ramos_Iglesias Gil_Fuentes Ramírez_Santos Serrano_Lara Blanco_Molina Suárez_Peña Castro_Flores
    Ortega_Rubio Delgado_Cruz Marín_Herrero Rubio_Pascual Sanz_Vicente Iglesias_Calvo Núñez_Bravo Medina_Rojas Garrido_Santana`),
  shortened: shortened('Dolores=Lola Francisco=Paco José=Pepe Ignacio=Nacho Mercedes=Merche Enrique=Quique Isabel=Isa'),
  alike: alike('Manuel/Manuela Julio/Julia Mario/Maria Claudio/Claudia Carlos/Carla'),
  towns: towns(`Sevilla 410##
    Zaragoza 500##
    Granada 180##
    Burgos 090##
    Murcia 300##`),
  streets: listed(
    'Calle_Mayor Calle_Real Avenida_de_España Calle_del_Sol Calle_Cervantes Plaza_Nueva Calle_San_Juan Calle_Olmo',
  ),
  line: (street, number, flat) => `${street} ${number}${flat === null ? '' : `, Piso ${flat}`}`,
};

const italian: Culture = {
  country: '+39',
  women:
    listed(`Maria Giuseppina Rosa Angela Giovanna Teresa Lucia Carmela Francesca Paola Laura Elisa Chiara Giulia Martina Federica
    Valentina Silvia Alessia Ilaria Beatrice Ginevra Caterina Rita Luisa Franca Daniela Simona Elena Sara`),
  men: listed(`Giuseppe Giovanni Antonio Mario Luigi Francesco Angelo Vincenzo Pietro Salvatore Marco Andrea Luca Matteo Lorenzo Davide
    Stefano Roberto Alessandro Riccardo Federico Simone Tommaso Filippo Paolo Carlo Bruno Sergio Gianluca Nicola`),
  families:
    listed(`Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Bruno Gallo Conti De_Luca Mancini Costa Giordano
    Rizzo Lombardi Moretti Barbieri Fontana Santoro Mariani Rinaldi Caruso Ferrara Galli Martini Leone Longo Gentile Martinelli Vitale
    Lombardo Serra Coppola De_Santis Marchetti Parisi Villa Conte Ferraro Ferri Fabbri Bianco Marini Grasso Valentini Messina`),
  shortened: shortened(
    'Giuseppe=Beppe Francesco=Franco Alessandro=Sandro Giovanni=Gianni Vincenzo=Enzo Salvatore=Totò',
  ),
  alike: alike('Paolo/Paola Simone/Simona Daniele/Daniela Gabriele/Gabriella Mario/Maria Carlo/Carla'),
  towns: towns(`Torino 101##
    Bologna 401##
    Padova 351##
    Bari 701##
    Perugia 061##`),
  streets: listed(
    'Via_Roma Via_Garibaldi Via_Mazzini Corso_Italia Via_Dante Via_Verdi Piazza_Duomo Via_dei_Mille Via_Marconi',
  ),
  line: (street, number, flat) => `${street}, ${number}${flat === null ? '' : ` int. ${flat}`}`,
};

const swedish: Culture = {
  country: '+46',
  women:
    listed(`Anna Eva Karin Kristina Lena Kerstin Ingrid Birgitta Marianne Elisabeth Sara Emma Malin Jenny Linda Ida Elin Hanna Johanna
    Sofia Frida Ebba Alva Maja Astrid Agneta Gunilla Ulla Siv Britt`),
  men: listed(`Lars Anders Per Johan Karl Nils Sven Erik Mikael Fredrik Mattias Magnus Gustav Oskar Viktor Emil Filip Hugo Axel Ludvig Bengt
    Göran Stig Leif Rolf Björn Håkan Jonas Henrik Tomas`),
  families:
    listed(`Andersson Johansson Karlsson Nilsson Eriksson Larsson Olsson Persson Svensson Gustafsson Pettersson Jonsson Jansson
    Hansson Bengtsson Jönsson Lindberg Jakobsson Magnusson Lindström Olofsson Lindqvist Lindgren Berg Axelsson Bergström Lundberg Lind
    Lundgren Lundqvist Mattsson Berglund Fredriksson Sandberg Henriksson Forsberg Sjöberg Wallin Engström Eklund Danielsson Lundin`),
  shortened: shortened('Elisabeth=Lisa Kristina=Kicki Fredrik=Fredde Mikael=Micke Gustav=Gurra Birgitta=Gitta'),
  alike: alike('Daniel/Daniela Mikael/Mikaela Paul/Paula Martin/Martina Emil/Emilia'),
  towns: towns(`Uppsala 753 ##
    Malmö 211 ##
    Örebro 702 ##
    Umeå 903 ##`),
  streets: listed(
    'Storgatan Drottninggatan Kungsgatan Skolgatan Parkvägen Björkvägen Ringvägen Kyrkogatan Strandvägen',
  ),
  line: (street, number, flat) => `${street} ${number}${flat === null ? '' : ` lgh ${flat}`}`,
};

export const westernCultures: readonly Culture[] = [english, german, french, spanish, italian, swedish];
