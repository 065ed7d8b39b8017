/* A search for records that have all words, or a phrase, in one pass over postings: each is judged by the filters, counted and
 * scored, and the best are kept. Nothing is written down of the others, unless their rows are wanted for facets.
 *
 * Called once for each segment; what was found goes on from one call to the next in `Found`.
 */
#include "kernel_found.h"

#define NOT_INLINE __attribute__((noinline)) /* what is called seldom keeps its registers to itself */
#define NOT_THERE UINT32_MAX /* the place of a word that stands in the headline alone */

typedef struct {
    const Records *all;
    const Word *words;
    int64_t n;
    Found *found;
    float typed;                           /* what words as typed can add at most */
    Cursor at[WORDS], as_typed[WORDS];
    int64_t titled[WORDS], scored[WORDS];  /* ways along the headlines: looking for rows, and scoring them */
    int64_t order[WORDS];                  /* words, the rarest first */
    int64_t counted[WORDS], before[WORDS]; /* of a phrase: up to which posting, and how many occurrences lie before it */
    int64_t waiting, rows[64];             /* rows that have all words, yet to be judged, counted and scored together */
    uint32_t places[WORDS][64];            /* which posting of each word it is */
} Search;

/* Where the occurrences of a word in the row that it has reached begin and end. */
static inline int64_t occurrences(Search *search, int64_t w, int64_t *begin, int64_t *end)
{
    const Records *all = search->all;
    int64_t posting = search->words[w].first + search->at[w].at, at = search->counted[w], before = search->before[w];
    if (at < 0 || posting < at || posting / all->every != at / all->every) {
        int64_t stop = posting / all->every;
        if (stop >= all->many_stops) return DAMAGED;
        at = stop * all->every;
        before = all->stops[stop] > (uint64_t)all->positions.n ? -1 : (int64_t)all->stops[stop];
        if (before < 0) return DAMAGED;
    }
    for (; at < posting; at++) before += number(&all->counts, at);
    if (before > all->positions.n) return DAMAGED;
    search->counted[w] = at;
    search->before[w] = *begin = before;
    *end = before + number(&all->counts, posting);
    return *end > all->positions.n ? DAMAGED : 0;
}

/* Whether the words stand one right after the other in a row that has all of them. */
static inline int64_t in_order(Search *search)
{
    const Phrase *phrase = search->found->phrase;
    const Packed *positions = &search->all->positions;
    int64_t at[WORDS], end[WORDS], begins[WORDS], ends[WORDS];
    for (int64_t w = 0; w < search->n; w++) {
        if (search->words[w].first < 0) continue;
        int64_t bad = occurrences(search, w, &begins[w], &ends[w]);
        if (bad) return bad;
    }
    for (int64_t p = 0; p < phrase->length; p++) {
        at[p] = begins[phrase->word[p]];
        end[p] = ends[phrase->word[p]];
    }
    for (; at[0] < end[0]; at[0]++) {
        uint32_t first = number(positions, at[0]);
        int64_t p = 1;
        for (; p < phrase->length; p++) {
            while (at[p] < end[p] && number(positions, at[p]) < first + p) at[p]++;
            if (at[p] == end[p]) return 0;
            if (number(positions, at[p]) != first + p) break;
        }
        if (p == phrase->length) return 1;
    }
    return 0;
}

/* What the words score in the waiting rows, those as typed aside. */
static void score(Search *search, float *sums)
{
    const Records *all = search->all;
    const int64_t *rows = search->rows, n = search->waiting;
    for (int64_t i = 0; i < n; i++) sums[i] = 0;
    for (int64_t w = 0; w < search->n; w++) {
        const Word word = search->words[w];
        const uint32_t *places = search->places[w];
        int64_t titled = search->scored[w];
        if (word.first < 0) continue;
        for (int64_t i = 0; i < n; i++)
            if (places[i] != NOT_THERE) sums[i] += score_of(all, &word, places[i], rows[i], &titled) * (float)word.times;
        search->scored[w] = titled;
    }
}

/* The score of a waiting row with its words as typed, added up word by word. Walking along these is only worth it for a row that
 * may be among the best. */
static float score_typed(Search *search, int64_t i)
{
    int64_t row = search->rows[i];
    float sum = 0;
    for (int64_t w = 0; w < search->n; w++) {
        const Word *word = &search->words[w];
        int64_t titled = 0, untitled = 0;
        if (word->first < 0 || search->places[w][i] == NOT_THERE) continue;
        float one = score_of(search->all, word, search->places[w][i], row, &titled);
        if (word->typed && seek(&search->as_typed[w], row) == row)
            one += score_of(search->all, word->typed, search->as_typed[w].at, row, &untitled) * (float)word->typed->times;
        sum += one * (float)word->times;
    }
    return sum;
}

/* Leaves only those waiting that pass the filters. */
static int64_t sift(Search *search)
{
    uint64_t passed;
    int64_t bad = onrecord_sift64(search->found->sieve, search->rows, search->waiting, &passed), kept = 0;
    for (; !bad && passed; passed &= passed - 1, kept++) {
        int64_t i = __builtin_ctzll(passed);
        search->rows[kept] = search->rows[i];
        for (int64_t w = 0; w < search->n; w++) search->places[w][kept] = search->places[w][i];
    }
    search->waiting = kept;
    return bad;
}

/* Puts the waiting rows through the filters, counts those that pass, and keeps them if they are among the best. */
static int64_t judge(Search *search)
{
    const Records *all = search->all;
    Found *found = search->found;
    float sums[64], reach = least(found);
    if (found->sieve && search->waiting) {
        int64_t bad = sift(search);
        if (bad) return bad;
    }
    for (int64_t i = 0; i < search->waiting; i++) found->quotes += is_set(all->quotes, search->rows[i]);
    if (found->out) memcpy(found->out + found->rows, search->rows, (size_t)search->waiting * sizeof *search->rows);
    found->rows += search->waiting;
    if (found->most) {
        score(search, sums);
        for (int64_t i = 0; i < search->waiting; i++) {
            if (bound_of(found, sums[i], search->typed) < reach) continue;
            float one = weighted(found, search->rows[i], search->typed > 0 ? score_typed(search, i) : sums[i]);
            if (one >= reach) keep(all, found, search->rows[i], one);
            reach = least(found);
        }
    }
    search->waiting = 0;
    return 0;
}

/* Takes a row that has all words, each where its way has led; NOT_THERE for those not among `in_record`. */
static inline int64_t take(Search *search, int64_t row, uint64_t in_record)
{
    const Records *all = search->all;
    Found *found = search->found;
    if (row < all->base || row >= all->end) return DAMAGED;
    if (all->there && !is_set(all->there, row)) return 0;
    if (found->phrase) {
        int64_t fits = in_order(search);
        if (fits <= 0) return fits;
    }
    for (int64_t w = 0; w < search->n; w++)
        search->places[w][search->waiting] = in_record >> w & 1 ? (uint32_t)search->at[w].at : NOT_THERE;
    if (found->sieve) foresee(found->sieve, row);
    search->rows[search->waiting++] = row;
    return search->waiting == 64 ? judge(search) : 0;
}

/* Rows of the only list. */
static int64_t alone(Search *search, Cursor *only)
{
    do {
        for (; only->at < only->end; only->at++) {
            int64_t row = row_at(only, only->at);
            if (row >= search->all->end && only->word->list) return 0;
            int64_t bad = take(search, row, 1);
            if (bad) return bad;
        }
    } while (next_step(only));
    return 0;
}

/* Takes a row that is in the first two lists of the order, if it is in the others too. */
static NOT_INLINE int64_t meet(Search *search, int64_t row)
{
    for (int64_t o = 2; o < search->n; o++)
        if (seek(&search->at[search->order[o]], row) != row) return 0;
    return take(search, row, ~(uint64_t)0);
}

/* The two shortest lists brought together, a window of rows at a time: the second's places are noted by row, and every row of the
 * first looks there. Notes of other windows lie before the places of this one. */
static int64_t both(Search *search, Cursor *first, Cursor *second)
{
    const Records *all = search->all;
    uint32_t places[WINDOW];
    memset(places, 0xff, sizeof places);
    for (;;) {
        if (first->at == first->end && !next_step(first)) return 0;
        int64_t row = row_at(first, first->at);
        if (row >= all->end) return first->word->list ? 0 : DAMAGED;
        int64_t begin = window_of(all, row), end = begin + WINDOW;
        if (seek(second, begin) == INT64_MAX) return 0;
        const Cursor fewer = *first, more = *second; /* copies that nothing else can change, for quick loops */
        int64_t low = more.at, reached = low, at = fewer.at;
        for (; reached < more.end; reached++) {
            int64_t there = row_at(&more, reached);
            if (there >= end) break;
            if (there < begin) return DAMAGED;
            places[there - begin] = (uint32_t)reached;
        }
        for (; at < fewer.end; at++) {
            row = row_at(&fewer, at);
            if (row >= end) break;
            if (row < begin) return DAMAGED;
            int64_t place = places[row - begin];
            if (place < low || place >= reached) continue;
            first->at = at;
            second->at = place;
            int64_t bad = meet(search, row);
            if (bad) return bad;
        }
        first->at = at;
        second->at = reached;
        if (reached == second->end && !next_step(second)) return 0;
    }
}

/* Whether a word stands in the headline over a row. */
static inline int in_headline(Search *search, int64_t w, int64_t row)
{
    const Word *word = &search->words[w];
    int64_t *at = &search->titled[w];
    if (!word->loose || *at >= word->titled) return 0;
    *at = lower_bound(word->runs, *at, word->titled, search->all->run[row]);
    return *at < word->titled && word->runs[*at] == search->all->run[row];
}

/* The first row not below the wanted one that a word stands in, or in the headline over it where that counts. */
static inline int64_t next_of(Search *search, int64_t w, int64_t row)
{
    const Records *all = search->all;
    const Word *word = &search->words[w];
    int64_t there = seek(&search->at[w], row);
    if (there == row || !word->loose || row >= all->end) return there;
    if (in_headline(search, w, row)) return row;
    if (search->titled[w] == word->titled) return there;
    int64_t run = word->runs[search->titled[w]] - all->first_run;
    if (run >= all->runs) return there;
    if (run < 0) return DAMAGED;
    int64_t first = all->base + all->first[run];
    if (first <= row || first >= all->end) return DAMAGED;
    return first < there ? first : there;
}

/* Rows of the rarest word, each looked up in the lists of the others. */
static int64_t each(Search *search)
{
    const Records *all = search->all;
    int64_t rarest = search->order[0];
    for (int64_t row = next_of(search, rarest, all->base); row < all->end; row = next_of(search, rarest, row + 1)) {
        uint64_t in_record = 0;
        int64_t o = 0, some = 0;
        if (row < 0) return row;
        for (; o < search->n; o++) {
            int64_t w = search->order[o], there = seek(&search->at[w], row);
            if (there == row) {
                in_record |= (uint64_t)1 << w;
                some |= search->words[w].first >= 0;
            } else if (!in_headline(search, w, row)) {
                if (there == INT64_MAX && !search->words[w].loose) return 0;
                break;
            }
        }
        int64_t bad = o == search->n && some ? take(search, row, in_record) : 0;
        if (bad) return bad;
    }
    return 0;
}

/* Rows that are in every list; a word that may stand in the headline instead must do so in the others. */
int64_t onrecord_all_words(const Records *all, const Word *words, int64_t n, Found *found)
{
    Search search;
    int64_t done, loose = 0;
    if (n > WORDS || n < 1) return UNFIT;
    search.all = all;
    search.words = words;
    search.n = n;
    search.found = found;
    search.typed = most_typed(words, n);
    search.waiting = 0;
    for (int64_t w = 0; w < n; w++) { /* the shortest first */
        int64_t at = w;
        if (!words[w].size) return 0;
        if (words[w].postings >= UINT32_MAX) return UNFIT;
        for (; at > 0 && words[search.order[at - 1]].size > words[w].size; at--) search.order[at] = search.order[at - 1];
        search.order[at] = w;
        search.at[w] = begin_of(&words[w]);
        if (words[w].typed) search.as_typed[w] = begin_of(words[w].typed);
        search.titled[w] = search.scored[w] = 0;
        search.counted[w] = -1;
        loose += words[w].loose;
    }
    Cursor *first = &search.at[search.order[0]], *second = &search.at[search.order[n > 1]];
    if (!loose && seek(first, all->base) == INT64_MAX) return first->bad ? DAMAGED : 0;
    if (n == 1 && !loose) done = alone(&search, first);
    else if (!loose && first->word->postings * 16 > second->word->postings) done = both(&search, first, second);
    else done = each(&search);
    if (!done) done = judge(&search);
    if (found->bad) return DAMAGED;
    for (int64_t w = 0; w < n; w++)
        if (search.at[w].bad || (words[w].typed && search.as_typed[w].bad)) return DAMAGED;
    return done;
}
