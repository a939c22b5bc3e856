/** The parts that invented customers are made of. */
// prettier-ignore
export const givenNames = [
  'Ada', 'Alejandra', 'Amélie', 'Andre', 'Anneliese', 'Aurelio', 'Beatriz', 'Bjarne', 'Brigitte', 'Callum', 'Camille', 'Carlos',
  'Chidinma', 'Chloë', 'Christopher', 'Constance', 'Dagmar', 'Darnell', 'Deepika', 'Desmond', 'Élodie', 'Emeka', 'Esperanza', 'Evander',
  'Fatima', 'Fiona', 'François', 'Gabriela', 'Giovanni', 'Guadalupe', 'Hana', 'Hassan', 'Henrietta', 'Ignacio', 'Ingrid', 'Isolde',
  'Jamal', 'Jean-Luc', 'Jiho', 'Joaquín', 'Josephine', 'Takumi', 'Katarzyna', 'Keisha', 'Lakshmi', 'Leticia', 'Lucía', 'Maeve',
  'Malik', 'Marisol', 'Mary Ann', 'Mateo', 'Nadia', 'Naomi', 'Nikolai', 'Olumide', 'Oscar', 'Penelope', 'Priya', 'Quentin',
  'Rafael', 'Renée', 'Rosalind', 'Saoirse', 'Sebastian', 'Siobhan', 'Søren', 'Tamika', 'Theodora', 'Tomás', 'Ursula', 'Valentina',
  'Wendell', 'Ximena', 'Yara', 'Yusuf', 'Zachary', 'Zoë',
] as const;

// prettier-ignore
export const middleNames = [
  'Abigail', 'Benedict', 'Clementine', 'Douglas', 'Estelle', 'Frederick', 'Grace', 'Howard', 'Irene', 'Jerome', 'Kathleen', 'Louis',
  'Marguerite', 'Nathaniel', 'Olive', 'Philippa', 'Quincy', 'Rosa', 'Stanley', 'Tobias', 'Uma', 'Victor', 'Winifred', 'York',
] as const;

/** At most 20 letters, so that a name cut at 24 after "FAMILY, " still shows how the given name begins. */
// prettier-ignore
export const familyNames = [
  'Abernathy', 'Achebe', 'Ambrose-Whitfield', 'Andersson', 'Baptiste', 'Bellweather', 'Björk', 'Castellanos', 'Chatterjee', 'D’Angelo',
  'Dąbrowski', 'de la Cruz', 'Delacroix', 'Dimitriou', 'Eriksen', 'Fairbanks', 'Featherstonehaugh', 'Fernández', 'Fitzgerald', 'Gallagher',
  'García-Márquez', 'Goldberg', 'Guðmundsson', 'Hernández', 'Hollingsworth', 'Ibrahim', 'Ivanova', 'Jimenez', 'Kowalczyk', 'Krishnamurthy',
  'Lindqvist', 'MacKenzie', 'Marchetti', 'McAllister', 'McDonald', 'McGregor', 'Montgomery-Ashworth', 'Müller', 'Nakamura', 'Nguyen',
  "O'Brien", "O'Connor", "O'Sullivan", 'Okonkwo', 'Oyelaran', 'Papadopoulos', 'Pereira', 'Quiñones', 'Ramanathan', 'Rosenthal',
  'Saint-Exupéry', 'Sandoval', 'Šimek', 'Smith', 'Sørensen', 'St. Clair', 'Takahashi', 'Thistlethwaite', 'Tran', 'Underwood',
  'Van Buren', 'Vásquez', 'Villanueva', 'Wainwright', 'Weiss', 'Whitcombe', 'Yamamoto', 'Youngblood', 'Zapata', 'Zielinski',
] as const;

// prettier-ignore
export const tradeNames = [
  'Alder', 'Bluestem', 'Brass Kettle', 'Cobalt', 'Copper Hollow', 'Drift', 'Eastgate', 'Fern', 'Granite', 'Harborlight',
  'Juniper', 'Kestrel', 'Lantern', 'Meadowlark', 'Northfield', 'Orchard', 'Pinecrest', 'Quarry', 'Riverbend', 'Saltbox',
  'Tamarack', 'Umber', 'Verdigris', 'Willow & Sons', 'Yarrow',
] as const;

// prettier-ignore
export const trades = [
  'Bakery', 'Books', 'Cabinet Works', 'Dental Laboratory', 'Freight', 'Garden Supply', 'Instruments', 'Laundry', 'Millwork', 'Optical',
  'Plumbing and Heating', 'Roofing', 'Textiles', 'Tool Rental', 'Veterinary Services',
] as const;

// prettier-ignore
export const legalForms = ['Inc', 'LLC', 'Corporation', 'Cooperative', 'LP'] as const;

// prettier-ignore
export const streets = [
  'Abbey Rd', 'Birchwood Ave', 'Cedar Ln', 'Dogwood Ct', 'Elm St', 'Foundry Row', 'Granary Sq', 'Hickory Blvd', 'Ironbridge Way', 'Juniper Dr',
  'King St', 'Lakeview Ter', 'Main St', 'Northumberland Gardens Pkwy', 'Old Mill Rd', 'Prairie View Ave', 'Quail Run', 'River St',
  'Saint Bartholomew Square East', 'Tanglewood Trl', 'Union St', 'Vineyard Ln', 'Westminster Abbey Circle', 'Yew Tree Ct',
] as const;

// prettier-ignore
export const places = [
  { locality: 'Springfield', region: 'IL', zip: '627', areaCode: '217' },
  { locality: 'Chicago', region: 'IL', zip: '606', areaCode: '312' },
  { locality: 'Rockford', region: 'IL', zip: '611', areaCode: '815' },
  { locality: 'Madison', region: 'WI', zip: '537', areaCode: '608' },
  { locality: 'Milwaukee', region: 'WI', zip: '532', areaCode: '414' },
  { locality: 'Duluth', region: 'MN', zip: '558', areaCode: '218' },
  { locality: 'Des Moines', region: 'IA', zip: '503', areaCode: '515' },
  { locality: 'Boston', region: 'MA', zip: '021', areaCode: '617' },
  { locality: 'Worcester', region: 'MA', zip: '016', areaCode: '508' },
  { locality: 'Providence', region: 'RI', zip: '029', areaCode: '401' },
  { locality: 'Burlington', region: 'VT', zip: '054', areaCode: '802' },
  { locality: 'Portland', region: 'ME', zip: '041', areaCode: '207' },
  { locality: 'Albany', region: 'NY', zip: '122', areaCode: '518' },
  { locality: 'Buffalo', region: 'NY', zip: '142', areaCode: '716' },
  { locality: 'Rochester', region: 'NY', zip: '146', areaCode: '585' },
  { locality: 'Rancho Santa Margarita', region: 'CA', zip: '926', areaCode: '949' },
  { locality: 'Sacramento', region: 'CA', zip: '958', areaCode: '916' },
  { locality: 'Fresno', region: 'CA', zip: '937', areaCode: '559' },
  { locality: 'Portland', region: 'OR', zip: '972', areaCode: '503' },
  { locality: 'Spokane', region: 'WA', zip: '992', areaCode: '509' },
  { locality: 'Boise', region: 'ID', zip: '837', areaCode: '208' },
  { locality: 'Santa Fe', region: 'NM', zip: '875', areaCode: '505' },
  { locality: 'El Paso', region: 'TX', zip: '799', areaCode: '915' },
  { locality: 'Austin', region: 'TX', zip: '787', areaCode: '512' },
  { locality: 'Baton Rouge', region: 'LA', zip: '708', areaCode: '225' },
  { locality: 'Savannah', region: 'GA', zip: '314', areaCode: '912' },
  { locality: 'Charleston', region: 'SC', zip: '294', areaCode: '843' },
  { locality: 'Winston-Salem', region: 'NC', zip: '271', areaCode: '336' },
  { locality: 'Roanoke', region: 'VA', zip: '240', areaCode: '540' },
  { locality: 'Pittsburgh', region: 'PA', zip: '152', areaCode: '412' },
] as const;

/** Further area codes for mobile phones, which do not follow the address. */
// prettier-ignore
export const mobileAreaCodes = ['202', '206', '213', '303', '305', '313', '404', '415', '502', '602', '612', '646', '702', '713', '801', '808', '813', '901', '907', '971'] as const;
