/* Lists of words, and ways along them. */
#ifndef ONRECORD_KERNEL_WORDS_H
#define ONRECORD_KERNEL_WORDS_H

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
    const uint32_t *first;   /* of each run of the segment its first row, less `base` */
    int64_t runs, first_run; /* how many there are, and the number of the first */
    Packed counts;           /* by posting: how often the word stands there */
    Packed positions;        /* by occurrence: where, for the lists of words as written */
    const uint64_t *stops;   /* how many occurrences lie before every `every`-th posting */
    int64_t many_stops, every;
} Records;

typedef struct Word {
    const uint16_t *low;     /* lower halves of ascending rows less `base`; */
    const uint16_t *steps;   /* pairs of (upper half, rows less one) of the stretches that share an upper half */
    int64_t many;
    const uint32_t *list;    /* or all this in one: the rows themselves */
    int64_t base, postings;
    int64_t first;           /* the number of its first posting; -1 where a list only chooses rows and adds nothing to scores */
    const uint32_t *runs;    /* ascending: runs whose headline has the word */
    const float *added;      /* what that adds to the score of each of their records that has the word */
    int64_t titled;
    int64_t loose, size;     /* whether it may stand in the headline instead; in how many rows it may be then */
    const struct Word *typed; /* the word as typed: what it adds where it stands so, or NULL */
    double weight, times;    /* of BM25, and how often to add it */
} Word;

static inline uint32_t at_large(const Packed *packed, int64_t place)
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

static inline int is_set(const uint64_t *bits, int64_t row)
{
    return (bits[row >> 6] >> (row & 63)) & 1;
}

/* A way along a list, a step at a time. */
typedef struct {
    const Word *word;
    int64_t at, step, end;   /* posting reached, its step, and the first posting after that */
    int64_t high;            /* the row that a lower half of 0 stands for */
    int bad;                 /* the list is damaged; its end has been reached */
} Cursor;

static inline int next_step(Cursor *cursor)
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

static inline Cursor begin_of(const Word *word)
{
    Cursor cursor = {word, 0, -1, 0, -1, 0};
    next_step(&cursor);
    return cursor;
}

static inline int64_t row_at(const Cursor *cursor, int64_t at)
{
    return cursor->word->list ? cursor->word->base + cursor->word->list[at] : cursor->high + cursor->word->low[at];
}

static inline int64_t lower_half(const uint16_t *low, int64_t at, int64_t end, int64_t wanted)
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

/* The window of rows of the segment that a row lies in: it begins where no step of a list of the segment ends within. */
static inline int64_t window_of(const Records *all, int64_t row)
{
    return all->base + (row - all->base) / WINDOW * WINDOW;
}

#endif
