/* Words that stand right after each other. */
#include "kernel.h"

/* Which of some rows, all of which have every word, have them one right after the other. The occurrences of the words lie in the
 * order of postings, a byte each; `checkpoints` holds how many lie before each `every`-th posting. Rows with a position that no byte
 * holds go to `unsure`. Returns how many rows fit; *unsure_rows becomes how many are left to judge. */
typedef struct {
    const uint32_t *list;
    int64_t begin, end;
    int64_t at, before; /* posting reached, occurrences before it */
} Word;

static int64_t seek(Word *word, const uint8_t *counts, int64_t all_counts, const uint64_t *checkpoints, int64_t stops, int64_t every,
                    uint32_t row)
{
    int64_t at = lower_bound(word->list, word->at, word->end, row);
    if (at >= word->end || word->list[at] != row || at >= all_counts) return DAMAGED;
    if (word->before < 0 || at / every != word->at / every) {
        int64_t stop = at / every;
        if (stop >= stops) return DAMAGED;
        word->at = stop * every;
        word->before = (int64_t)checkpoints[stop];
    }
    for (; word->at < at; word->at++) {
        if (counts[word->at] == 255) return UNFIT;
        word->before += counts[word->at];
    }
    return counts[at] == 255 ? UNFIT : 0;
}

int64_t onrecord_phrase(int64_t words, const int64_t *begins, const int64_t *ends, const uint32_t *list, int64_t postings,
                        const uint8_t *counts, const uint64_t *checkpoints, int64_t stops, int64_t every,
                        const uint8_t *positions, int64_t all_positions, const int64_t *rows, int64_t n, int64_t *fitting,
                        int64_t *unsure, int64_t *unsure_rows)
{
    Word reached[16];
    int64_t found = 0, left = 0;
    if (words > 16) return UNFIT;
    for (int64_t w = 0; w < words; w++) {
        if (begins[w] < 0 || begins[w] > ends[w] || ends[w] > postings) return DAMAGED;
        Word one = {list, begins[w], ends[w], begins[w], -1};
        reached[w] = one;
    }
    for (int64_t i = 0; i < n; i++) {
        uint32_t row = (uint32_t)rows[i];
        int64_t at[16], stop[16];
        int fits = 0, open = 0;
        for (int64_t w = 0; w < words; w++) {
            int64_t bad = seek(&reached[w], counts, postings, checkpoints, stops, every, row);
            if (bad) return bad;
            at[w] = reached[w].before;
            stop[w] = at[w] + counts[reached[w].at];
            if (at[w] < 0 || stop[w] > all_positions) return DAMAGED;
            open |= positions[stop[w] - 1] == 255;
        }
        if (open) {
            unsure[left++] = rows[i];
            continue;
        }
        for (; at[0] < stop[0] && !fits; at[0]++) {
            int first = positions[at[0]];
            fits = 1;
            for (int64_t w = 1; w < words && fits; w++) {
                while (at[w] < stop[w] && positions[at[w]] < first + w) at[w]++;
                fits = at[w] < stop[w] && positions[at[w]] == first + w;
            }
        }
        if (fits) fitting[found++] = rows[i];
    }
    *unsure_rows = left;
    return found;
}
