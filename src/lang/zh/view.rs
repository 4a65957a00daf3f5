//! A sentence as folded characters with their places. Enters: a sentence and the fold table. Leaves: characters in one script and
//! width, each with the byte where the original stands. Knows nothing of figures.

use crate::text::{Plain, Span, fold_char};

/// What a character may begin.
pub(super) mod class {
    /// An Arabic digit, after folding.
    pub const DIGIT: u8 = 1;
    /// A Chinese numeral: digit, scale, `半`, `几`, `数`.
    pub const HAN: u8 = 2;
    /// The first character of a word of the calendar.
    pub const CALENDAR: u8 = 4;
    /// The first character of an idiom or name with a numeral in it.
    pub const EXCLUDED: u8 = 8;
    /// The first character of a currency sign or another word that stands before its figure.
    pub const PREFIX: u8 = 16;
    /// A character that names of centuries and decades hold: `世` `代`.
    pub const ERA: u8 = 32;
}

/// Character → folded character and class, for the basic plane.
pub(super) struct FoldTable {
    cells: Vec<u32>,
}

impl FoldTable {
    /// Width folding alone; script and classes are added.
    pub fn new() -> Self {
        let mut cells: Vec<u32> = (0..0x1_0000).collect();
        for code in (0xFF01..0xFFF0).chain(0x2000..0x2240).chain([0xA0, 0x3000, 0x301C, 0xFE6A]) {
            if let Some(c) = char::from_u32(code) {
                cells[code as usize] = fold_char(c) as u32;
            }
        }
        for c in '0'..='9' {
            cells[c as usize] |= u32::from(class::DIGIT) << 16;
        }
        for c in '０'..='９' {
            cells[c as usize] |= u32::from(class::DIGIT) << 16;
        }
        Self { cells }
    }

    /// Reads `from` as `to`.
    pub fn fold(&mut self, from: char, to: char) {
        if let (Some(cell), true) = (self.cells.get_mut(from as usize), (to as u32) < 0x1_0000) {
            *cell = (*cell & 0x00FF_0000) | to as u32;
        }
    }

    /// Marks `c` and every character that folds to it. Call after all folding is known.
    pub fn mark(&mut self, chars: &[char], class: u8) {
        for &c in chars {
            if let Some(cell) = self.cells.get_mut(c as usize) {
                *cell |= u32::from(class) << 16;
            }
        }
    }

    /// Hands the class of each folded character on to the characters that fold to it.
    pub fn seal(&mut self) {
        for i in 0..self.cells.len() {
            let target = (self.cells[i] & 0xFFFF) as usize;
            if target != i {
                self.cells[i] |= self.cells[target] & 0x00FF_0000;
            }
        }
    }

    /// `c` in the simplified script and half width.
    pub fn script(&self, c: char) -> char {
        self.cells.get(c as usize).and_then(|cell| char::from_u32(cell & 0xFFFF)).unwrap_or(c)
    }

    #[inline]
    fn cell(&self, c: char) -> u32 {
        self.cells.get(c as usize).copied().unwrap_or(0xFFFD)
    }

    /// `word` folded.
    pub fn folded(&self, word: &str) -> Vec<char> {
        word.chars().map(|c| char::from_u32(self.cell(c) & 0xFFFF).unwrap_or(c)).collect()
    }
}

/// A sentence, folded.
#[derive(Default)]
pub(super) struct View {
    chars: Vec<char>,
    at: Vec<u32>,
    classes: Vec<u8>,
    /// All classes together.
    seen: u8,
}

impl View {
    /// Reads a sentence; `false` where nothing in it can begin a figure.
    pub fn read(&mut self, text: &str, span: Span<Plain>, table: &FoldTable) -> bool {
        let sentence = span.of(text);
        // Room for as many characters as there are bytes, so that each is one write.
        self.chars.resize(sentence.len(), '\0');
        self.at.resize(sentence.len() + 1, 0);
        self.classes.resize(sentence.len(), 0);
        let (chars, at, classes) = (&mut self.chars[..], &mut self.at[..], &mut self.classes[..]);
        let mut seen = 0;
        let mut count = 0;
        for (i, c) in sentence.char_indices() {
            let cell = table.cell(c);
            let class = (cell >> 16) as u8;
            seen |= class;
            chars[count] = if (c as u32) < 0x1_0000 { char::from_u32(cell & 0xFFFF).unwrap_or(c) } else { c };
            at[count] = span.start + i as u32;
            classes[count] = class;
            count += 1;
        }
        at[count] = span.start + sentence.len() as u32;
        self.chars.truncate(count);
        self.at.truncate(count + 1);
        self.classes.truncate(count);
        self.seen = seen;
        seen & (class::DIGIT | class::HAN | class::CALENDAR) != 0
    }

    /// Characters that are folded already, without places.
    pub fn read_chars(&mut self, chars: &[char]) {
        self.chars = chars.to_vec();
        self.at = (0..=chars.len() as u32).collect();
        self.classes = vec![0; chars.len()];
        self.seen = u8::MAX;
    }

    /// How many characters there are.
    pub fn len(&self) -> usize {
        self.chars.len()
    }

    /// The character at `i`; NUL outside.
    #[inline]
    pub fn c(&self, i: usize) -> char {
        self.chars.get(i).copied().unwrap_or('\0')
    }

    /// The character `back` places before `i`; NUL outside.
    #[inline]
    pub fn before(&self, i: usize, back: usize) -> char {
        i.checked_sub(back).map_or('\0', |i| self.c(i))
    }

    /// Whether any character is of the class.
    pub const fn has(&self, class: u8) -> bool {
        self.seen & class != 0
    }

    /// The class of the character at `i`.
    #[inline]
    pub fn class(&self, i: usize) -> u8 {
        self.classes.get(i).copied().unwrap_or(0)
    }

    /// The characters from `i` on.
    #[inline]
    pub fn from(&self, i: usize) -> &[char] {
        self.chars.get(i..).unwrap_or(&[])
    }

    /// The characters before `i`.
    pub fn until(&self, i: usize) -> &[char] {
        self.chars.get(..i).unwrap_or(&[])
    }

    /// Whether `word` stands at `i`.
    #[inline]
    pub fn is(&self, i: usize, word: &str) -> bool {
        word.chars().zip(i..).all(|(c, at)| self.c(at) == c)
    }

    /// Whether `word` ends just before `i`.
    pub fn ends(&self, i: usize, word: &str) -> bool {
        let mut at = i;
        for c in word.chars().rev() {
            if at == 0 || self.c(at - 1) != c {
                return false;
            }
            at -= 1;
        }
        true
    }

    /// `i` moved over spaces.
    #[inline]
    pub fn skip_spaces(&self, mut i: usize) -> usize {
        while self.c(i) == ' ' {
            i += 1;
        }
        i
    }

    /// The span of the characters `from..to` in the original text.
    pub fn span(&self, from: usize, to: usize) -> Span<Plain> {
        let at = |i: usize| self.at.get(i).or(self.at.last()).copied().unwrap_or(0) as usize;
        Span::new(at(from), at(to))
    }
}
