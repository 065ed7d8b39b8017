/* A search for records that have any of some words, in one pass over postings, a window of rows at a time. */
#include "kernel_found.h"

typedef struct {
    const Records *all;
    const Word *words;
    int64_t n;
    Found *found;
    float typed;                                  /* what words as typed can add at most */
    Cursor at[WORDS];
    Cursor stem[WORDS], as_typed[WORDS];          /* ways of their own: they look up the few rows that may be among the best */
    int64_t titled[WORDS], scored[WORDS];
    float sums[WINDOW];                           /* by row of the window: what its words score, those as typed aside */
    uint64_t bits[WINDOW / 64];                   /* which rows have a word */
} Search;

/* The score of a row with its words as typed, added up word by word. */
static float score_at(Search *search, int64_t row)
{
    float sum = 0;
    for (int64_t w = 0; w < search->n; w++) {
        const Word *word = &search->words[w];
        if (seek(&search->stem[w], row) != row) continue;
        float one = score_of(search->all, word, search->stem[w].at, row, &search->scored[w]);
        if (word->typed && seek(&search->as_typed[w], row) == row) {
            int64_t untitled = 0;
            one += score_of(search->all, word->typed, search->as_typed[w].at, row, &untitled) * (float)word->typed->times;
        }
        sum += one;
    }
    return sum;
}

/* Adds up what the postings of all words score in the rows from `begin` to before `end`. */
static int64_t add_up(Search *search, int64_t begin, int64_t end)
{
    const Records *all = search->all;
    float *sums = search->sums;
    uint64_t *bits = search->bits;
    for (int64_t w = 0; w < search->n; w++) {
        const Word *word = &search->words[w];
        int64_t i = search->at[w].at, stop = search->at[w].end, shift = search->at[w].high - begin, titled = search->titled[w];
        for (; i < stop && word->low[i] + shift < end - begin; i++) {
            int64_t inside = word->low[i] + shift;
            if (inside < 0) return DAMAGED; /* the list does not ascend */
            sums[inside] += score_of(all, word, i, begin + inside, &titled);
            bits[inside >> 6] |= (uint64_t)1 << (inside & 63);
        }
        search->at[w].at = i;
        search->titled[w] = titled;
    }
    return 0;
}

/* 64 bits of a bitmap from a row on; it has one number more than its rows need. */
static inline uint64_t bits_from(const uint64_t *bits, int64_t row)
{
    int64_t shift = row & 63;
    return shift ? bits[row >> 6] >> shift | bits[(row >> 6) + 1] << (64 - shift) : bits[row >> 6];
}

/* Which of the marked among 64 rows from `first` on pass the filters. */
static int64_t sifted(const Sieve *sieve, int64_t first, uint64_t *marked)
{
    int64_t rows[64], n = 0;
    uint64_t passed, left = *marked;
    for (uint64_t bits = *marked; bits; bits &= bits - 1) rows[n++] = first + __builtin_ctzll(bits);
    int64_t bad = onrecord_sift64(sieve, rows, n, &passed);
    if (bad) return bad;
    for (int64_t i = 0; i < n; i++, left &= left - 1)
        if (!(passed >> i & 1)) *marked &= ~(left & -left);
    return 0;
}

/* Judges, counts and keeps the marked rows of a window, and clears it. */
static int64_t judge(Search *search, int64_t begin)
{
    const Records *all = search->all;
    Found *found = search->found;
    float *sums = search->sums, reach = least(found);
    for (int64_t b = 0; b < WINDOW / 64; b++) {
        int64_t first = begin + b * 64;
        uint64_t marked = search->bits[b];
        if (!marked) continue;
        search->bits[b] = 0;
        if (all->there) marked &= bits_from(all->there, first);
        if (found->sieve && marked) {
            int64_t bad = sifted(found->sieve, first, &marked);
            if (bad) return bad;
        }
        found->quotes += __builtin_popcountll(marked & bits_from(all->quotes, first));
        if (!found->out) found->rows += __builtin_popcountll(marked);
        for (; marked; marked &= marked - 1) {
            int64_t row = first + __builtin_ctzll(marked);
            if (found->out) found->out[found->rows++] = row;
            float score = sums[row - begin];
            if (bound_of(found, score, search->typed) < reach) continue;
            if (search->typed > 0) score = score_at(search, row);
            score = weighted(found, row, score);
            if (score >= reach) keep(all, found, row, score);
            reach = least(found);
        }
        memset(sums + b * 64, 0, 64 * sizeof *sums);
    }
    return 0;
}

/* Rows that have any of the words. */
int64_t onrecord_any_words(const Records *all, const Word *words, int64_t n, Found *found)
{
    Search search;
    if (n > WORDS) return UNFIT;
    search.all = all;
    search.words = words;
    search.n = n;
    search.found = found;
    search.typed = most_typed(words, n);
    memset(search.sums, 0, sizeof search.sums);
    memset(search.bits, 0, sizeof search.bits);
    for (int64_t w = 0; w < n; w++) {
        search.at[w] = search.stem[w] = begin_of(&words[w]);
        if (words[w].typed) search.as_typed[w] = begin_of(words[w].typed);
        search.titled[w] = search.scored[w] = 0;
    }
    for (;;) {
        int64_t next = INT64_MAX;
        for (int64_t w = 0; w < n; w++) {
            Cursor *at = &search.at[w];
            if (at->at == at->end) next_step(at);
            if (at->bad || search.stem[w].bad || (words[w].typed && search.as_typed[w].bad)) return DAMAGED;
            if (at->at < at->end && row_at(at, at->at) < next) next = row_at(at, at->at);
        }
        if (next == INT64_MAX) return found->bad ? DAMAGED : 0;
        if (next < all->base || next >= all->end) return DAMAGED;
        int64_t begin = window_of(all, next), end = begin + WINDOW < all->end ? begin + WINDOW : all->end;
        int64_t bad = add_up(&search, begin, end);
        if (!bad) bad = judge(&search, begin);
        if (bad) return bad;
    }
}
