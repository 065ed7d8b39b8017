/* A search for plain words in one pass over their postings: every record that has all of them, or any, is counted and scored,
 * and the best are kept. Nothing is written down of the others, unless their rows are wanted for counting facets.
 *
 * Called once for each segment; what was found goes on from one call to the next in `Found`.
 */
#include <math.h>

#include "kernel.h"

#define WINDOW 4096 /* rows scored at a time where any word will do: their sums fit into the nearest cache */
#define WORDS 16

typedef struct {
    const uint8_t *words;    /* by row of this segment: how many words it has, 255 for more than 254 */
    const float *of_words;   /* the part of BM25 that depends on the length alone, for 0 to 254 words */
    const float *lengths;    /* the same by row of the collection */
    const uint32_t *rank;    /* by row: its place among equal scores */
    const uint32_t *run;     /* by row: the run of records of one article that it lies in */
    const uint64_t *there;   /* a bit for each row that may be found, or NULL where all may */
    const uint64_t *quotes;  /* a bit for each row that is a quote */
    int64_t base, end;       /* the segment's first row, and the one after its last */
} Records;

typedef struct {
    const uint32_t *list;    /* ascending rows less the segment's first */
    const uint8_t *counts;
    int64_t postings;
    const uint32_t *runs;    /* ascending: runs whose headline has the word */
    const float *added;      /* what that adds to the score of each of their records that has the word */
    int64_t titled;
    double weight;
} Word;

typedef struct {
    int64_t most, kept, rows, quotes;
    int64_t *best;           /* the best rows so far, best first */
    float *scores;
    int64_t *out;            /* room for every row, or NULL */
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

static inline int is_set(const uint64_t *bits, int64_t row)
{
    return (bits[row >> 6] >> (row & 63)) & 1;
}

/* The score of one word in one row; `titled` walks along with the rows. */
static inline float score_of(const Records *all, const Word *word, int64_t posting, int64_t row, int64_t *titled)
{
    float count = (float)word->counts[posting];
    uint8_t words = all->words[row - all->base];
    float length = words == 255 ? all->lengths[row] : all->of_words[words];
    float score = count * (float)word->weight / (length + count);
    if (*titled < word->titled) {
        *titled = lower_bound(word->runs, *titled, word->titled, all->run[row]);
        if (*titled < word->titled && word->runs[*titled] == all->run[row]) score += word->added[*titled];
    }
    return score;
}

static inline void meet(const Records *all, Found *found, int64_t row, float score)
{
    if (found->out) found->out[found->rows] = row;
    found->rows++;
    found->quotes += is_set(all->quotes, row);
    if (found->kept < found->most || score >= found->scores[found->kept - 1]) keep(all, found, row, score);
}

/* Rows that have every word, the rarest first. */
int64_t onrecord_all_words(const Records *all, const Word *words, int64_t n, const int64_t *order, Found *found)
{
    int64_t at[WORDS] = {0}, titled[WORDS] = {0}, base = all->base;
    const Word *rarest = &words[order[0]];
    if (n > WORDS) return UNFIT;
    for (int64_t i = 0; i < rarest->postings; i++) {
        uint32_t inside = rarest->list[i];
        int64_t row = base + inside, w = 1;
        at[order[0]] = i;
        for (; w < n; w++) {
            const Word *word = &words[order[w]];
            int64_t reached = at[order[w]];
            if (reached < word->postings && word->list[reached] < inside)
                at[order[w]] = reached = lower_bound(word->list, reached + 1, word->postings, inside);
            if (reached == word->postings) return 0;
            if (word->list[reached] != inside) break;
        }
        if (w < n) continue;
        if (row >= all->end) return DAMAGED;
        if (all->there && !is_set(all->there, row)) continue;
        float score = 0;
        for (w = 0; w < n; w++) {
            if (words[w].counts[at[w]] == 255) return UNFIT;
            score += score_of(all, &words[w], at[w], row, &titled[w]);
        }
        meet(all, found, row, score);
    }
    return 0;
}

/* Rows that have any of the words, a window of rows at a time. */
int64_t onrecord_any_words(const Records *all, const Word *words, int64_t n, Found *found)
{
    int64_t at[WORDS] = {0}, titled[WORDS] = {0}, base = all->base;
    float sums[WINDOW];
    uint64_t bits[WINDOW / 64];
    if (n > WORDS) return UNFIT;
    memset(sums, 0, sizeof sums);
    memset(bits, 0, sizeof bits);
    for (;;) {
        int64_t next = INT64_MAX;
        for (int64_t w = 0; w < n; w++)
            if (at[w] < words[w].postings && base + words[w].list[at[w]] < next) next = base + words[w].list[at[w]];
        if (next == INT64_MAX) return 0;
        int64_t begin = next / WINDOW * WINDOW, end = begin + WINDOW < all->end ? begin + WINDOW : all->end;
        if (next >= all->end) return DAMAGED;
        for (int64_t w = 0; w < n; w++) {
            const Word *word = &words[w];
            int64_t i = at[w];
            for (; i < word->postings && base + word->list[i] < end; i++) {
                int64_t row = base + word->list[i];
                if (row < begin) return DAMAGED; /* the list does not ascend */
                if (word->counts[i] == 255) return UNFIT;
                sums[row - begin] += score_of(all, word, i, row, &titled[w]);
                bits[(row - begin) >> 6] |= (uint64_t)1 << (row & 63);
            }
            at[w] = i;
        }
        for (int64_t b = 0; b < WINDOW / 64; b++) {
            int64_t first = begin + b * 64;
            uint64_t marked = bits[b];
            if (!marked) continue;
            bits[b] = 0;
            if (all->there) marked &= all->there[first >> 6];
            found->quotes += __builtin_popcountll(marked & all->quotes[first >> 6]);
            if (!found->out) found->rows += __builtin_popcountll(marked);
            float least = found->kept < found->most ? -1 : found->most ? found->scores[found->kept - 1] : INFINITY;
            for (; marked; marked &= marked - 1) {
                int64_t row = first + __builtin_ctzll(marked);
                if (found->out) found->out[found->rows++] = row;
                if (sums[row - begin] >= least) {
                    keep(all, found, row, sums[row - begin]);
                    least = found->kept < found->most ? -1 : found->scores[found->kept - 1];
                }
            }
            memset(sums + b * 64, 0, 64 * sizeof *sums);
        }
    }
}
