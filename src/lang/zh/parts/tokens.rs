//! A sentence as tokens: known words, runs of unknown characters, names, figures and stops. Enters: a sentence and its mentions.
//! Leaves: tokens that cover it, and where its clauses end. Longest known word first; no dictionary of the whole language.

use super::words::{Role, Tag, Word, Words};
use crate::model::Mention;
use crate::text::{Plain, Span};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word of the lists.
    Word,
    /// A run of ideographs that no list holds.
    Unknown,
    /// What looks like the name of a person.
    Name,
    /// A run of letters and digits.
    Latin,
    /// A mention, by its index.
    Figure(usize),
    /// A stop that ends a clause.
    Stop,
    /// An opening bracket.
    Open,
    /// A closing bracket.
    Close,
    /// A quotation mark, opening.
    QuoteOpen,
    /// A quotation mark, closing.
    QuoteClose,
    /// `、`.
    Pause,
    /// White space and other signs.
    Other,
}

/// A stretch of a sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    /// First byte in the text.
    pub(super) start: u32,
    /// One past its last byte.
    pub(super) end: u32,
    /// What it is.
    pub(super) kind: Kind,
    /// What it may do.
    pub(super) role: Role,
    /// What it says of scope.
    pub(super) tag: Option<Tag>,
    /// Its length in characters.
    pub(super) chars: u16,
}

impl Token {
    /// Where it stands.
    pub(super) const fn span(&self) -> Span<Plain> {
        Span::new(self.start as usize, self.end as usize)
    }

    /// Whether the token may do any of `role`.
    #[inline]
    pub(super) const fn is(&self, role: Role) -> bool {
        self.role.is(role)
    }

    /// Whether it ends a clause.
    pub(super) const fn bounds(&self) -> bool {
        matches!(self.kind, Kind::Stop | Kind::Open | Kind::Close)
    }

    /// Whether it may belong to a noun phrase.
    #[inline]
    pub(super) fn is_nominal(&self) -> bool {
        match self.kind {
            Kind::Unknown | Kind::Name | Kind::Latin => true,
            Kind::Word => {
                self.is(NOUN_LIKE)
                    || (self.role == Role::WHOLE
                        && !matches!(self.tag, Some(Tag::Base(_) | Tag::Than | Tag::Status(_))))
            }
            _ => false,
        }
    }

    /// Whether it is a verb and nothing that could be a noun.
    pub(super) fn is_verbal(&self) -> bool {
        self.kind == Kind::Word && self.is(VERBAL) && !self.is(NOUN_LIKE)
    }
}

/// Roles that may stand in a noun phrase.
pub(super) const NOUN_LIKE: Role = Role::NOUN
    .or(Role::PERSON)
    .or(Role::NUMBER_OF)
    .or(Role::ORGANISATION)
    .or(Role::SUFFIX)
    .or(Role::AGENT)
    .or(Role::PLACE)
    .or(Role::WHOLE_PLACE)
    .or(Role::SOME_WHOLE)
    .or(Role::ATTRIBUTE);

/// Roles of the words that hold a clause together.
pub(super) const GRAMMAR: Role = Role::OF
    .or(Role::ADVERB)
    .or(Role::PREPOSITION)
    .or(Role::AND)
    .or(Role::CONJUNCTION)
    .or(Role::PRONOUN)
    .or(Role::LINK)
    .or(Role::LOCALIZER)
    .or(Role::VERB)
    .or(Role::WEAK)
    .or(Role::SAY)
    .or(Role::CAUSE)
    .or(Role::CHANGE);

/// Roles of verbs.
pub(super) const VERBAL: Role = Role::VERB.or(Role::WEAK).or(Role::CHANGE);

/// Roles of units, no roles of words in a clause.
const CLASSIFIES: Role = Role::EVENT_CLASSIFIER
    .or(Role::PEOPLE_CLASSIFIER)
    .or(Role::WHOLE_CLASSIFIER)
    .or(Role::COMPARATIVE)
    .or(Role::ACTIVITY)
    .or(Role::FILLER);

/// Roles of single characters that are as often a part of a longer word.
const SOFT: Role = Role::LOCALIZER
    .or(Role::SUFFIX)
    .or(Role::AGENT)
    .or(Role::NOUN)
    .or(Role::PERSON)
    .or(Role::AMONG)
    .or(Role::ORGANISATION)
    .or(Role::VERB)
    .or(Role::ATTRIBUTE)
    .or(CLASSIFIES);

/// The characters of a sentence in simplified form, with their places.
struct Chars {
    chars: Vec<char>,
    at: Vec<u32>,
}

impl Chars {
    fn new(words: &Words, text: &str, sentence: Span<Plain>) -> Self {
        let slice = sentence.of(text);
        let mut chars = Vec::with_capacity(slice.len() / 3 + 4);
        let mut at = Vec::with_capacity(slice.len() / 3 + 5);
        for (i, c) in slice.char_indices() {
            chars.push(words.narrow(c));
            at.push(sentence.start + i as u32);
        }
        at.push(sentence.start + slice.len() as u32);
        Self { chars, at }
    }

    fn token(&self, from: usize, to: usize, kind: Kind, word: Option<Word>) -> Token {
        Token {
            start: self.at[from],
            end: self.at[to],
            kind,
            role: word.map_or_else(Role::default, |w| w.role),
            tag: word.and_then(|w| w.tag),
            chars: (to - from).min(usize::from(u16::MAX)) as u16,
        }
    }
}

/// The tokens of `sentence`, in order.
pub(super) fn tokens(words: &Words, text: &str, sentence: Span<Plain>, mentions: &[Mention]) -> Vec<Token> {
    let line = Chars::new(words, text, sentence);
    let count = line.chars.len();
    let mut found = Vec::with_capacity(count / 2 + 2);
    let mut next = 0;
    let mut i = 0;
    // Where the run of unknown ideographs began.
    let mut run: Option<usize> = None;
    // Where the next figure begins: no word may run into it.
    let mut limit = 0;
    while i < count {
        while mentions.get(next).is_some_and(|m| m.span.start < line.at[i]) {
            next += 1;
        }
        if let Some(mention) = mentions.get(next)
            && mention.span.start == line.at[i]
        {
            compare(words, &line, &mut run, i, &mut found);
            let mut j = i + 1;
            while j < count && line.at[j] < mention.span.end {
                j += 1;
            }
            found.push(line.token(i, j, Kind::Figure(next), None));
            next += 1;
            i = j;
            continue;
        }
        if limit <= i {
            limit = match mentions.get(next) {
                Some(m) => i + line.at[i..count].partition_point(|&at| at < m.span.start),
                None => count,
            };
        }
        let c = line.chars[i];
        if words.is_ideograph(c) {
            i = ideograph(words, &line, i, limit, &mut run, &mut found);
            continue;
        }
        close(&line, &mut run, i, &mut found);
        let mut j = i + 1;
        let letter = words.is_letter(c);
        if letter {
            while j < limit && (words.is_letter(line.chars[j]) && !words.is_ideograph(line.chars[j])) {
                j += 1;
            }
        }
        found.push(line.token(i, j, sign(&line.chars, i, letter), None));
        i = j;
    }
    close(&line, &mut run, count, &mut found);
    names(&mut found);
    found
}

/// Makes one token of each short quotation that is a name: titles of works always, others where they hold a verb or end in no noun.
fn names(tokens: &mut Vec<Token>) {
    const LONGEST: usize = 10;
    let mut kept = 0;
    let mut i = 0;
    while i < tokens.len() {
        let mut token = tokens[i];
        if token.kind == Kind::QuoteOpen {
            let end = (i + 1..tokens.len().min(i + LONGEST)).find(|&k| {
                matches!(
                    tokens[k].kind,
                    Kind::QuoteClose | Kind::QuoteOpen | Kind::Stop | Kind::Figure(_) | Kind::Open | Kind::Close
                )
            });
            if let Some(end) = end.filter(|&k| tokens[k].kind == Kind::QuoteClose && k > i + 1) {
                let inner = &tokens[i + 1..end];
                let last = inner[inner.len() - 1];
                let verbs = inner.iter().any(|t| t.is(Role::VERB) && !t.is(Role::NOUN)) && inner.len() > 1;
                let known = last.is(Role::NOUN.or(Role::PERSON)) && last.chars > 1;
                let saying = inner.iter().any(|t| {
                    t.is(Role::OF.or(Role::SAY).or(Role::PRONOUN))
                        || t.tag.is_some_and(|t| matches!(t, Tag::Status(_) | Tag::DeniedWhole))
                });
                if !saying && (verbs || !known) && inner.len() < LONGEST {
                    let chars = inner.iter().map(|t| t.chars).sum::<u16>() + 2;
                    token = Token { end: tokens[end].end, kind: Kind::Name, chars, ..token };
                    i = end;
                }
            }
        }
        tokens[kept] = token;
        kept += 1;
        i += 1;
    }
    tokens.truncate(kept);
}

/// Reads one ideograph or the word that begins there; gives the place after it.
fn ideograph(
    words: &Words,
    line: &Chars,
    i: usize,
    limit: usize,
    run: &mut Option<usize>,
    found: &mut Vec<Token>,
) -> usize {
    let window = &line.chars[i..limit];
    // What only classifies or compares is no word of a clause; what stands between unknown characters belongs to them.
    let word = word_at(words, window).filter(|w| {
        // A localizer needs something before it: `外销` is no `外`.
        let place = w.role.only(Role::LOCALIZER.or(Role::AMONG)) && !found.last().is_some_and(Token::is_nominal);
        let soft = w.chars == 1 && (run.is_some() || place) && w.tag.is_none() && w.role.only(SOFT);
        !(soft && window.get(1).is_some_and(|&c| words.is_ideograph(c) && word_at(words, &window[1..]).is_none()))
    });
    let known = word.map_or(0, |w| usize::from(w.chars));
    let c = line.chars[i];
    // `石某` `李某某` `高承勇`: a surname, then what begins no known word.
    let free = match word {
        Some(w) => known == 1 && (!w.role.is(GRAMMAR) || window.get(1) == Some(&'某')),
        None => true,
    };
    if free && run.is_none() && words.is_surname(c) {
        let titled = found.last().is_some_and(|t: &Token| t.is(Role::PERSON) && t.end == line.at[i]);
        let given = given_name(words, &window[1..], titled);
        if given > 0 {
            let end = i + 1 + given;
            let sure = line.chars[i + 1..end].contains(&'某');
            let mut token = line.token(i, end, Kind::Name, None);
            if sure {
                token.role = Role::PERSON;
            }
            found.push(token);
            return end;
        }
    }
    // `金滩区`: what looked like a name was the name of a place.
    if known < 2
        && run.is_none()
        && words.ends_place(c)
        && let Some(last) = found.last_mut()
        && last.kind == Kind::Name
        && last.end == line.at[i]
        && !last.is(Role::PERSON)
    {
        last.end = line.at[i + 1];
        last.chars += 1;
        last.kind = Kind::Word;
        last.role = Role::PLACE;
        return i + 1;
    }
    // `若羌县` `上河村`: unknown characters, then the end of an administrative name.
    if known < 2
        && words.ends_place(c)
        && let Some(start) = *run
    {
        let from = if i - start > 4 { i - 2 } else { start };
        if from > start {
            found.push(line.token(start, from, Kind::Unknown, None));
        }
        let mut token = line.token(from, i + 1, Kind::Word, None);
        token.role = Role::PLACE;
        found.push(token);
        *run = None;
        return i + 1;
    }
    if let Some(word) = word {
        if word.role.is(Role::ASPECT) {
            aspect(line, run, i, found);
        }
        close(line, run, i, found);
        let mut end = i + known;
        // `汉中市` `合肥市`: the end belongs to the name.
        if word.role.is(Role::PLACE) && end < limit && words.ends_place(line.chars[end]) {
            let after = words.longest(&line.chars[end..limit]).map_or(0, |w| usize::from(w.chars));
            if after < 2 && !matches!(line.chars[end], '港' | '湾' | '岛' | '旗') {
                end += 1;
            }
        }
        found.push(line.token(i, end, Kind::Word, Some(word)));
        return end;
    }
    if run.is_none() {
        *run = Some(i);
    }
    i + 1
}

/// The longest word at the start of `chars`; what only classifies or compares is no word of a clause.
fn word_at(words: &Words, chars: &[char]) -> Option<Word> {
    words.longest(chars).filter(|w| w.tag.is_some() || !w.role.only(CLASSIFIES))
}

/// How many characters at the start of `rest` read as a given name: one or two, none where a word begins.
fn given_name(words: &Words, rest: &[char], titled: bool) -> usize {
    let mut length = 0;
    while length < 2 && length < rest.len() {
        let c = rest[length];
        if !words.is_ideograph(c) {
            break;
        }
        if c == '某' {
            length += 1;
            continue;
        }
        if length > 0 && rest[length - 1] == '某' {
            break;
        }
        // `女儿苗苗在家`: no name ends in these.
        if length > 0
            && matches!(
                c,
                '在' | '被' | '从' | '把' | '是' | '已' | '也' | '因' | '的' | '了' | '与' | '及' | '称' | '说'
            )
        {
            break;
        }
        // After an office (`支队长刘同林`) only a longer word ends the name.
        let word = word_at(words, &rest[length..]);
        let known = word.map_or(0, |w| w.chars);
        let says = word.is_some_and(|w| w.role.is(Role::SAY.or(Role::OF)));
        if (words.ends_place(c) && !titled) || known > 1 || (known == 1 && (!titled || says)) {
            break;
        }
        length += 1;
    }
    length
}

/// Closes the run of unknown characters before a figure: `比城镇高2.3个百分点` ends in a verb of more and less.
fn compare(words: &Words, line: &Chars, run: &mut Option<usize>, at: usize, found: &mut Vec<Token>) {
    if let Some(start) = *run
        && let Some(word) = words.longest(&line.chars[at - 1..at])
        && word.role.is(Role::COMPARATIVE)
    {
        if start < at - 1 {
            found.push(line.token(start, at - 1, Kind::Unknown, None));
        }
        let mut token = line.token(at - 1, at, Kind::Word, Some(word));
        token.role = Role::CHANGE;
        found.push(token);
        *run = None;
    }
    // `（合7720万美元）`: what joins an amount to its conversion.
    if *run == Some(at.wrapping_sub(1)) && line.chars[at - 1] == '合' {
        let mut token = line.token(at - 1, at, Kind::Word, None);
        token.role = Role::LINK;
        found.push(token);
        *run = None;
    }
    // `中间价报6.3757`: what ends the name of a newspaper elsewhere.
    if run.is_none()
        && let Some(last) = found.last_mut()
        && last.end == line.at[at]
        && last.chars == 1
        && last.role.is(Role::COMPARATIVE)
        && line.chars[at - 1] == '报'
    {
        last.role = Role::CHANGE;
    }
    close(line, run, at, found);
}

/// Closes the run of unknown characters before `了` or `着`: its end is a verb.
fn aspect(line: &Chars, run: &mut Option<usize>, at: usize, found: &mut Vec<Token>) {
    let Some(start) = run.take() else {
        // `老翟管着库边的林子`: what looked like the end of a noun.
        if let Some(last) = found.last_mut()
            && last.end == line.at[at]
            && last.chars == 1
            && last.role.only(SOFT)
        {
            last.role = Role::VERB;
        }
        return;
    };
    let from = if at - start <= 2 { start } else { at - 1 };
    if start < from {
        found.push(line.token(start, from, Kind::Unknown, None));
    }
    let mut token = line.token(from, at, Kind::Word, None);
    token.role = Role::VERB;
    found.push(token);
}

/// Closes the run of unknown characters before `at`.
fn close(line: &Chars, run: &mut Option<usize>, at: usize, found: &mut Vec<Token>) {
    if let Some(start) = run.take() {
        found.push(line.token(start, at, Kind::Unknown, None));
    }
}

fn sign(chars: &[char], i: usize, letter: bool) -> Kind {
    match chars[i] {
        '，' | '；' | '：' | '。' | '！' | '？' | '…' | '—' | '\n' | '\r' | ';' | ':' | '!' | '?' | '|' | '｜' => {
            Kind::Stop
        }
        ',' | '.' => {
            // Inside a number or a Latin name they bind.
            let binds = |at: Option<&char>| at.is_some_and(char::is_ascii_alphanumeric);
            if i > 0 && binds(chars.get(i - 1)) && binds(chars.get(i + 1)) { Kind::Other } else { Kind::Stop }
        }
        '(' | '（' | '[' | '【' | '〔' | '{' => Kind::Open,
        ')' | '）' | ']' | '】' | '〕' | '}' => Kind::Close,
        '“' | '「' | '『' | '《' | '〈' | '‘' => Kind::QuoteOpen,
        '”' | '」' | '』' | '》' | '〉' | '’' => Kind::QuoteClose,
        '、' => Kind::Pause,
        '·' | '•' | '-' | '&' | '#' => Kind::Latin,
        _ if letter => Kind::Latin,
        _ => Kind::Other,
    }
}
