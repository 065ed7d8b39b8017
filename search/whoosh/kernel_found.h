/* What a search for words has found so far: counts, the best, and all rows where these are wanted. */
#ifndef ONRECORD_KERNEL_FOUND_H
#define ONRECORD_KERNEL_FOUND_H

#include <math.h>

#include "kernel_sieve.h"
#include "kernel_words.h"

typedef struct {
    int64_t length;
    int64_t word[WORDS];     /* which word stands at each place */
} Phrase;

typedef struct {
    int64_t most, kept, rows, quotes;
    int64_t *best;           /* the best rows so far, best first */
    float *scores;
    int64_t *out;            /* room for every row, or NULL */
    const Sieve *sieve;
    const Phrase *phrase;    /* or NULL: the words may stand anywhere */
    const int64_t *grouped;  /* ascending: rows of which only the best of each group is kept */
    const int64_t *group;    /* the group of each */
    int64_t many;
    int64_t *groups;         /* room for the group of each of the best, or -1 */
    const float *weights;    /* by profile, what the score of a record is multiplied by; or NULL */
    const uint8_t *profiles; /* the profile of each row, `stride` bytes apart */
    int64_t stride, width, codes;
    double heaviest;         /* no weight is more */
    int64_t bad;             /* whether a profile was met that there is not */
} Found;

static inline int64_t group_of(const Found *found, int64_t row)
{
    int64_t low = 0, high = found->many;
    while (low < high) {
        int64_t middle = (low + high) >> 1;
        if (found->grouped[middle] < row) low = middle + 1;
        else high = middle;
    }
    return low < found->many && found->grouped[low] == row ? found->group[low] : -1;
}

/* The score that a row must reach to be kept. */
static inline float least(const Found *found)
{
    return found->kept < found->most ? -1 : found->most ? found->scores[found->kept - 1] : INFINITY;
}

static inline int precedes(const Records *all, const Found *found, int64_t row, float score, int64_t at)
{
    return better(score, all->rank[row], found->scores[at], all->rank[found->best[at]]);
}

/* Keeps a row if it is among the best; of a group only the better one stays. */
static inline void keep(const Records *all, Found *found, int64_t row, float score)
{
    int64_t last = found->kept - 1, group, at;
    if (found->kept == found->most && (found->most == 0 || score < found->scores[last] || !precedes(all, found, row, score, last)))
        return;
    group = found->many ? group_of(found, row) : -1;
    at = found->kept < found->most ? found->kept : last;
    if (group >= 0)
        for (int64_t same = 0; same < found->kept; same++)
            if (found->groups[same] == group) {
                if (!precedes(all, found, row, score, same)) return;
                at = same;
            }
    if (at == found->kept) found->kept++;
    for (; at > 0 && precedes(all, found, row, score, at - 1); at--) {
        found->best[at] = found->best[at - 1];
        found->scores[at] = found->scores[at - 1];
        found->groups[at] = found->groups[at - 1];
    }
    found->best[at] = row;
    found->scores[at] = score;
    found->groups[at] = group;
}

/* The score as it counts, by what kind of record the row is. */
static inline float weighted(Found *found, int64_t row, float score)
{
    if (!found->weights) return score;
    int64_t code = code_at(found->profiles + row * found->stride, found->width);
    if (code >= found->codes) {
        found->bad = 1;
        return score;
    }
    return score * found->weights[code];
}

/* More than words as typed can add to a score in any row, roundings and all. */
static inline float bound_of(const Found *found, float score, float typed)
{
    return (score + typed) * (float)found->heaviest * 1.0001f;
}

/* More than what all words as typed add to any score. */
static inline float most_typed(const Word *words, int64_t n)
{
    float most = 0;
    for (int64_t w = 0; w < n; w++)
        if (words[w].typed) most += (float)(words[w].typed->weight * words[w].typed->times * words[w].times);
    return most;
}

#endif
