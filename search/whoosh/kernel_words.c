/* A search for plain words or a phrase in one pass over postings: every record that has all words, or any, or all in order, is
 * judged by the filters, counted and scored, and the best are kept. Nothing is written down of the others, unless their rows are
 * wanted for facets.
 *
 * Called once for each segment; what was found goes on from one call to the next in `Found`.
 */
#include <math.h>

#include "kernel.h"

#define WINDOW 4096 /* rows looked at together: what is known of them meanwhile fits into the nearest cache */
#define WORDS 24

typedef struct {             /* numbers in a byte each; 255 where it is more, or just that */
    const uint8_t *low;
    int64_t n;
    const uint64_t *places;  /* ascending: where it is more */
    const uint32_t *large;   /* how much it is there */
    int64_t many;
} Packed;

typedef struct {
    const uint8_t *words;    /* by row of this segment: how many words it has, 255 for more than 254 */
    const float *of_words;   /* the part of BM25 that depends on the length alone, for 0 to 254 words */
    const float *lengths;    /* the same by row of the collection */
    const uint32_t *rank;    /* by row: its place among equal scores */
    const uint32_t *run;     /* by row: the run of records of one article that it lies in */
    const uint64_t *there;   /* a bit for each row that may be found, or NULL where all may */
    const uint64_t *quotes;  /* a bit for each row that is a quote */
    int64_t base, end;       /* the segment's first row, and the one after its last */
    Packed counts;           /* by posting: how often the word stands there */
    Packed positions;        /* by occurrence: where, for the lists of words as written */
    const uint64_t *stops;   /* how many occurrences lie before every `every`-th posting */
    int64_t many_stops, every;
} Records;

typedef struct {
    const uint16_t *low;     /* lower halves of ascending rows less `base`; */
    const uint16_t *steps;   /* pairs of (upper half, rows less one) of the stretches that share an upper half */
    int64_t many;
    const uint32_t *list;    /* or all this in one: the rows themselves */
    int64_t base, postings;
    int64_t first;           /* the number of its first posting; -1 where a list only chooses rows and adds nothing to scores */
    const uint32_t *runs;    /* ascending: runs whose headline has the word */
    const float *added;      /* what that adds to the score of each of their records that has the word */
    int64_t titled;
    double weight, times;    /* of BM25, and how often to add it */
} Word;

typedef struct {
    int64_t length;
    int64_t word[WORDS];     /* which word stands at each place */
} Phrase;

typedef struct {
    int64_t most, kept, rows, quotes;
    int64_t *best;           /* the best rows so far, best first */
    float *scores;
    int64_t *out;            /* room for every row, or NULL */
    Sieve *sieve;
    const Phrase *phrase;    /* or NULL: the words may stand anywhere */
} Found;

static void keep(const Records *all, Found *found, int64_t row, float score)
{
    if (found->kept == found->most) {
        if (found->most == 0 || score < found->scores[found->kept - 1]) return;
        if (!better(score, all->rank[row], found->scores[found->kept - 1], all->rank[found->best[found->kept - 1]])) return;
    }
    int64_t at = found->kept < found->most ? found->kept++ : found->kept - 1;
    while (at > 0 && better(score, all->rank[row], found->scores[at - 1], all->rank[found->best[at - 1]])) {
        found->best[at] = found->best[at - 1];
        found->scores[at] = found->scores[at - 1];
        at--;
    }
    found->best[at] = row;
    found->scores[at] = score;
}

/* The score that a row must reach to be kept. */
static inline float least(const Found *found)
{
    return found->kept < found->most ? -1 : found->most ? found->scores[found->kept - 1] : INFINITY;
}

static inline int is_set(const uint64_t *bits, int64_t row)
{
    return (bits[row >> 6] >> (row & 63)) & 1;
}

static uint32_t at_large(const Packed *packed, int64_t place)
{
    int64_t low = 0, high = packed->many;
    while (low < high) {
        int64_t middle = (low + high) >> 1;
        if (packed->places[middle] < (uint64_t)place) low = middle + 1;
        else high = middle;
    }
    return low < packed->many && packed->places[low] == (uint64_t)place ? packed->large[low] : 255;
}

static inline uint32_t number(const Packed *packed, int64_t place)
{
    uint8_t low = packed->low[place];
    return low == 255 ? at_large(packed, place) : low;
}

/* The score of one word in one row; `titled` walks along with the rows. */
static inline float score_of(const Records *all, const Word *word, int64_t posting, int64_t row, int64_t *titled)
{
    float count = (float)number(&all->counts, word->first + posting);
    uint8_t words = all->words[row - all->base];
    float length = words == 255 ? all->lengths[row] : all->of_words[words];
    float score = count * (float)word->weight / (length + count);
    if (*titled < word->titled) {
        *titled = lower_bound(word->runs, *titled, word->titled, all->run[row]);
        if (*titled < word->titled && word->runs[*titled] == all->run[row]) score += word->added[*titled];
    }
    return score;
}

/* A way along a list, a step at a time. */
typedef struct {
    const Word *word;
    int64_t at, step, end;   /* posting reached, its step, and the first posting after that */
    int64_t high;            /* the row that a lower half of 0 stands for */
    int bad;                 /* the list is damaged; its end has been reached */
} Cursor;

static int next_step(Cursor *cursor)
{
    const Word *word = cursor->word;
    cursor->at = cursor->end;
    if (word->list) {
        cursor->end = word->postings;
        cursor->high = word->base;
    } else if (++cursor->step < word->many) {
        int64_t before = cursor->high;
        cursor->high = word->base + ((int64_t)word->steps[2 * cursor->step] << 16);
        cursor->end = cursor->at + word->steps[2 * cursor->step + 1] + 1;
        if (cursor->end > word->postings || cursor->high <= before) {
            cursor->bad = 1;
            cursor->end = cursor->at;
        }
    }
    return cursor->at < cursor->end;
}

static Cursor begin_of(const Word *word)
{
    Cursor cursor = {word, 0, -1, 0, -1, 0};
    next_step(&cursor);
    return cursor;
}

static inline int64_t row_at(const Cursor *cursor, int64_t at)
{
    return cursor->word->list ? cursor->word->base + cursor->word->list[at] : cursor->high + cursor->word->low[at];
}

static int64_t lower_half(const uint16_t *low, int64_t at, int64_t end, int64_t wanted)
{
    int64_t step = 1, high = at;
    while (high < end && low[high] < wanted) {
        at = high + 1;
        high += step;
        step <<= 1;
    }
    if (high > end) high = end;
    while (at < high) {
        int64_t middle = (at + high) >> 1;
        if (low[middle] < wanted) at = middle + 1;
        else high = middle;
    }
    return at;
}

/* Moves to the first row not below the wanted one and returns it, or INT64_MAX where there is none. */
static inline int64_t seek(Cursor *cursor, int64_t row)
{
    while (cursor->at < cursor->end) {
        if (cursor->word->list) {
            int64_t inside = row - cursor->word->base;
            if (inside > UINT32_MAX) cursor->at = cursor->end;
            else if (inside > 0) cursor->at = lower_bound(cursor->word->list, cursor->at, cursor->end, (uint32_t)inside);
        } else if (row > cursor->high + UINT16_MAX) {
            cursor->at = cursor->end;
        } else {
            cursor->at = lower_half(cursor->word->low, cursor->at, cursor->end, row - cursor->high);
        }
        if (cursor->at < cursor->end) return row_at(cursor, cursor->at);
        if (!next_step(cursor)) break;
    }
    return INT64_MAX;
}

typedef struct {
    const Records *all;
    const Word *words;
    int64_t n;
    Found *found;
    Cursor at[WORDS];
    int64_t titled[WORDS], order[WORDS];
    int64_t counted[WORDS], before[WORDS]; /* of a phrase: up to which posting, and how many occurrences lie before it */
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

/* Takes a row that is in the first two lists of the order and where `at` says there: if it is in the others too and passes, it is
 * found. */
static inline int64_t meet(Search *search, int64_t row)
{
    const Records *all = search->all;
    Found *found = search->found;
    for (int64_t o = 2; o < search->n; o++)
        if (seek(&search->at[search->order[o]], row) != row) return 0;
    if (row < all->base || row >= all->end) return DAMAGED;
    if (all->there && !is_set(all->there, row)) return 0;
    if (found->phrase) {
        int64_t fits = in_order(search);
        if (fits <= 0) return fits;
    }
    if (found->sieve) {
        int64_t passes = sift(found->sieve, row);
        if (passes <= 0) return passes;
    }
    float score = 0;
    for (int64_t w = 0; w < search->n; w++) {
        const Word *word = &search->words[w];
        if (word->first >= 0) score += score_of(all, word, search->at[w].at, row, &search->titled[w]) * (float)word->times;
    }
    if (found->out) found->out[found->rows] = row;
    found->rows++;
    found->quotes += is_set(all->quotes, row);
    if (score >= least(found)) keep(all, found, row, score);
    return 0;
}

/* The window of rows of the segment that a row lies in: it begins where no step of a list of the segment ends within. */
static inline int64_t window_of(const Records *all, int64_t row)
{
    return all->base + (row - all->base) / WINDOW * WINDOW;
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
        int64_t low = second->at, reached = low;
        for (; reached < second->end; reached++) {
            int64_t there = row_at(second, reached);
            if (there >= end) break;
            if (there < begin) return DAMAGED;
            places[there - begin] = (uint32_t)reached;
        }
        for (; first->at < first->end; first->at++) {
            row = row_at(first, first->at);
            if (row >= end) break;
            if (row < begin) return DAMAGED;
            int64_t place = places[row - begin];
            if (place < low || place >= reached) continue;
            second->at = place;
            int64_t bad = meet(search, row);
            if (bad) return bad;
        }
        second->at = reached;
        if (reached == second->end && !next_step(second)) return 0;
    }
}

/* Rows that are in every list. */
int64_t onrecord_all_words(const Records *all, const Word *words, int64_t n, Found *found)
{
    Search search = {.all = all, .words = words, .n = n, .found = found};
    int64_t done = 0;
    if (n > WORDS) return UNFIT;
    memset(search.counted, 0xff, sizeof search.counted);
    for (int64_t w = 0; w < n; w++) { /* the shortest first */
        int64_t at = w;
        if (!words[w].postings) return 0;
        if (words[w].postings >= UINT32_MAX) return UNFIT;
        for (; at > 0 && words[search.order[at - 1]].postings > words[w].postings; at--) search.order[at] = search.order[at - 1];
        search.order[at] = w;
        search.at[w] = begin_of(&words[w]);
    }
    Cursor *first = &search.at[search.order[0]], *second = n > 1 ? &search.at[search.order[1]] : first;
    if (seek(first, all->base) == INT64_MAX) return first->bad ? DAMAGED : 0;
    if (n > 1 && first->word->postings * 16 > second->word->postings) {
        done = both(&search, first, second);
    } else {
        for (; !done && (first->at < first->end || next_step(first)); first->at++) {
            int64_t row = row_at(first, first->at);
            if (n > 1) {
                int64_t there = seek(second, row);
                if (there == INT64_MAX) break;
                if (there != row) continue;
            } else if (found->sieve && first->at + 16 < first->end) {
                int64_t soon = row_at(first, first->at + 16);
                if (soon < all->end) foresee(found->sieve, soon);
            }
            if (row >= all->end && first->word->list) break;
            done = meet(&search, row);
        }
    }
    for (int64_t w = 0; w < n; w++)
        if (search.at[w].bad) return DAMAGED;
    return done;
}

/* 64 bits of a bitmap from a row on; it has one number more than its rows need. */
static inline uint64_t bits_from(const uint64_t *bits, int64_t row)
{
    int64_t shift = row & 63;
    return shift ? bits[row >> 6] >> shift | bits[(row >> 6) + 1] << (64 - shift) : bits[row >> 6];
}

/* Rows that have any of the words. */
int64_t onrecord_any_words(const Records *all, const Word *words, int64_t n, Found *found)
{
    Cursor at[WORDS];
    int64_t titled[WORDS] = {0};
    float sums[WINDOW];
    uint64_t bits[WINDOW / 64];
    if (n > WORDS) return UNFIT;
    memset(sums, 0, sizeof sums);
    memset(bits, 0, sizeof bits);
    for (int64_t w = 0; w < n; w++) at[w] = begin_of(&words[w]);
    for (;;) {
        int64_t next = INT64_MAX;
        for (int64_t w = 0; w < n; w++) {
            if (at[w].at == at[w].end) next_step(&at[w]);
            if (at[w].bad) return DAMAGED;
            if (at[w].at < at[w].end && row_at(&at[w], at[w].at) < next) next = row_at(&at[w], at[w].at);
        }
        if (next == INT64_MAX) return 0;
        if (next >= all->end) return DAMAGED;
        int64_t begin = window_of(all, next), end = begin + WINDOW < all->end ? begin + WINDOW : all->end;
        for (int64_t w = 0; w < n; w++) {
            const Word *word = &words[w];
            int64_t i = at[w].at, shift = at[w].high - begin;
            for (; i < at[w].end && word->low[i] + shift < end - begin; i++) {
                int64_t inside = word->low[i] + shift;
                if (inside < 0) return DAMAGED; /* the list does not ascend */
                sums[inside] += score_of(all, word, i, begin + inside, &titled[w]);
                bits[inside >> 6] |= (uint64_t)1 << (inside & 63);
            }
            at[w].at = i;
        }
        for (int64_t b = 0; b < WINDOW / 64; b++) {
            int64_t first = begin + b * 64;
            uint64_t marked = bits[b];
            if (!marked) continue;
            bits[b] = 0;
            if (all->there) marked &= bits_from(all->there, first);
            if (found->sieve) {
                uint64_t passed = 0;
                for (; marked; marked &= marked - 1) {
                    int64_t passes = sift(found->sieve, first + __builtin_ctzll(marked));
                    if (passes < 0) return passes;
                    if (passes) passed |= marked & -marked;
                }
                marked = passed;
            }
            found->quotes += __builtin_popcountll(marked & bits_from(all->quotes, first));
            if (!found->out) found->rows += __builtin_popcountll(marked);
            float reach = least(found);
            for (; marked; marked &= marked - 1) {
                int64_t row = first + __builtin_ctzll(marked);
                if (found->out) found->out[found->rows++] = row;
                if (sums[row - begin] >= reach) {
                    keep(all, found, row, sums[row - begin]);
                    reach = least(found);
                }
            }
            memset(sums + b * 64, 0, 64 * sizeof *sums);
        }
    }
}
