import { describe, expect, it } from 'vitest';
import { personNameStep } from './person-name.ts';

/** Invented people, called as W3C’s “Personal names around the world” says that people are: what a system writes, and the names in it. */
const vectors: [culture: string, written: string, name: { given?: string; middle?: string; family: string }][] = [
  ['English', 'Smith, John Q', { given: 'John', middle: 'Q', family: 'Smith' }],
  ['English', "O'Brien-Smith, Zoë", { given: 'Zoë', family: "O'Brien-Smith" }],
  ['English', 'Doe Jr., Sam', { given: 'Sam', family: 'Doe Jr.' }],
  ['Scottish', 'MacLeod, Iain R', { given: 'Iain', middle: 'R', family: 'MacLeod' }],
  ['Irish', 'Ní Bhriain, Síle', { given: 'Síle', family: 'Ní Bhriain' }],
  ['German', 'von der Heide, Karl-Heinz', { given: 'Karl-Heinz', family: 'von der Heide' }],
  ['German', 'Müßig, Jürgen', { given: 'Jürgen', family: 'Müßig' }],
  ['Dutch', 'van den Berg, Anna Maria', { given: 'Anna Maria', family: 'van den Berg' }],
  ['Dutch', "in 't Veld, Sanne", { given: 'Sanne', family: "in 't Veld" }],
  ['French', 'de La Fontaine, Jean-Luc', { given: 'Jean-Luc', family: 'de La Fontaine' }],
  ['French', 'Lefèvre, Chloé', { given: 'Chloé', family: 'Lefèvre' }],
  ['Spanish', 'García Márquez, José María', { given: 'José María', family: 'García Márquez' }],
  ['Spanish', 'Ibáñez y Ruiz, Íñigo', { given: 'Íñigo', family: 'Ibáñez y Ruiz' }],
  ['Catalan', 'Puig i Ferrer, Núria', { given: 'Núria', family: 'Puig i Ferrer' }],
  ['Portuguese', 'dos Santos Silva, João', { given: 'João', family: 'dos Santos Silva' }],
  ['Brazilian', 'de Souza e Castro, Ana Beatriz', { given: 'Ana Beatriz', family: 'de Souza e Castro' }],
  ['Italian', "D'Angelo, Niccolò", { given: 'Niccolò', family: "D'Angelo" }],
  ['Polish', 'Kowalska-Wójcik, Łucja', { given: 'Łucja', family: 'Kowalska-Wójcik' }],
  ['Czech', 'Dvořáková, Ludmila', { given: 'Ludmila', family: 'Dvořáková' }],
  ['Hungarian', 'Szűcs, Ödön', { given: 'Ödön', family: 'Szűcs' }],
  ['Icelandic', 'Sveinsdóttir, Þóra', { given: 'Þóra', family: 'Sveinsdóttir' }],
  ['Swedish', 'Åkesson, Björn', { given: 'Björn', family: 'Åkesson' }],
  ['Danish', 'Sørensen, Søren B', { given: 'Søren', middle: 'B', family: 'Sørensen' }],
  ['Finnish', 'Mäkinen, Päivi', { given: 'Päivi', family: 'Mäkinen' }],
  ['Russian', 'Иванова, Анна П', { given: 'Анна', middle: 'П', family: 'Иванова' }],
  ['Ukrainian', 'Шевченко, Їжак', { given: 'Їжак', family: 'Шевченко' }],
  ['Greek', 'Παπαδόπουλος, Γιώργος', { given: 'Γιώργος', family: 'Παπαδόπουλος' }],
  ['Turkish', 'Yıldız, İpek', { given: 'İpek', family: 'Yıldız' }],
  ['Arabic', 'الهاشمي, فاطمة', { given: 'فاطمة', family: 'الهاشمي' }],
  ['Arabic', 'bin Rashid al-Amri, Khalid', { given: 'Khalid', family: 'bin Rashid al-Amri' }],
  ['Hebrew', 'כהן, יעל', { given: 'יעל', family: 'כהן' }],
  ['Persian', 'نیک‌نام, پریسا', { given: 'پریسا', family: 'نیک‌نام' }],
  ['Hindi', 'शर्मा, रीमा', { given: 'रीमा', family: 'शर्मा' }],
  ['Tamil', 'முருகன், கவிதா', { given: 'கவிதா', family: 'முருகன்' }],
  ['Chinese', '王, 小明', { given: '小明', family: '王' }],
  ['Japanese', '佐藤, がく', { given: 'がく', family: '佐藤' }],
  ['Korean', '김, 민준', { given: '민준', family: '김' }],
  ['Vietnamese', 'Nguyễn, Thị Ánh', { given: 'Thị Ánh', family: 'Nguyễn' }],
  ['Thai', 'ศรีสุข, สมชาย', { given: 'สมชาย', family: 'ศรีสุข' }],
  ['Indonesian', 'Suharsono', { family: 'Suharsono' }],
  ['Burmese', 'Thida', { family: 'Thida' }],
];

describe('names of people as one text', () => {
  const { read, write } = personNameStep();

  it.each(vectors)('%s: %s', (_, written, name) => {
    expect(read(written)).toEqual(name);
    expect(write(name)).toBe(written);
  });

  it('are 40 of 15 cultures at least', () => {
    expect(vectors.length).toBeGreaterThanOrEqual(40);
    expect(new Set(vectors.map(([culture]) => culture)).size).toBeGreaterThanOrEqual(15);
  });
});
