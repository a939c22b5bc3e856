/** Sounds that a syllable of Chinese may begin with, and for each how it may end (Hanyu Pinyin, without its tones). */
const syllables = `
- a ai an ang ao e ei en er o ou
b a ai an ang ao ei en eng i ian iao ie in ing o u
p a ai an ang ao ei en eng i ian iao ie in ing o ou u
m a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u
f a an ang ei en eng o ou u
d a ai an ang ao e ei eng i ian iao ie ing iu ong ou u uan ui un uo
t a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo
n a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong u uan uo v ve
l a ai an ang ao e ei eng i ia ian iang iao ie in ing iu ong ou u uan un uo v ve
g a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
k a ai an ang ao e en eng ong ou u ua uai uan uang ui un uo
h a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
j i ia ian iang iao ie in ing iong iu u uan ue un
q i ia ian iang iao ie in ing iong iu u uan ue un
x i ia ian iang iao ie in ing iong iu u uan ue un
zh a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo
ch a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo
sh a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo
r an ang ao e en eng i ong ou u uan ui un uo
z a ai an ang ao e ei en eng i ong ou u uan ui un uo
c a ai an ang ao e en eng i ong ou u uan ui un uo
s a ai an ang ao e en eng i ong ou u uan ui un uo
y a an ang ao e i in ing ong ou u uan ue un
w a ai an ang ei en eng o u
`;

let all: ReadonlySet<string> | null = null;

function isSyllable(text: string): boolean {
  all ??= new Set(
    syllables
      .trim()
      .split('\n')
      .flatMap((line) => {
        const [start, ...ends] = line.split(' ') as [string, ...string[]];
        return ends.map((end) => (start === '-' ? end : start + end));
      }),
  );
  return all.has(text);
}

export type Reading = readonly [string, string];

/** The word as two syllables of Chinese, in each way that it may be read; a given name has two mostly. */
export function readings(word: string): Reading[] {
  return [...word].flatMap((_, at): Reading[] => {
    const [first, second] = [word.slice(0, at), word.slice(at)];
    return at > 0 && isSyllable(first) && isSyllable(second) ? [[first, second]] : [];
  });
}

/** Both are family names of China, where a letter makes another one. */
export function areSyllables(one: string, other: string): boolean {
  return isSyllable(one) && isSyllable(other);
}

/** Jianhua and Jianhui, Haoran and Haoyan: one syllable is the same and the other another, which makes another name of it. */
export function areOtherSyllables(one: readonly Reading[], other: readonly Reading[]): boolean {
  return one.some(([a, b]) => other.some(([c, d]) => (a === c) !== (b === d)));
}
