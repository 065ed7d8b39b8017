/* Scores of rows, and the best of them. */
#include "kernel.h"

/* BM25 of one word in some rows, ascending: scores[i] = count * weight / (lengths[row] + count), or 0 where the word is not.
 * `list` holds the word's rows less `base`, `counts` how often it stands in each. Adds to what is in scores. */
int64_t onrecord_score(const uint32_t *list, const uint8_t *counts, int64_t found, int64_t base, const int64_t *rows, int64_t n,
                       const float *lengths, int64_t all_rows, float weight, float *scores)
{
    int64_t at = 0;
    for (int64_t i = 0; i < n; i++) {
        int64_t row = rows[i], inside = row - base;
        if (row < 0 || row >= all_rows) return DAMAGED;
        if (inside < 0) continue;
        if (inside > UINT32_MAX) break;
        if (at < found && list[at] < (uint32_t)inside) at = lower_bound(list, at, found, (uint32_t)inside);
        if (at == found) break;
        if (list[at] != (uint32_t)inside) continue;
        if (counts[at] == 255) return UNFIT;
        float count = (float)counts[at];
        scores[i] += count * weight / (lengths[row] + count);
    }
    return 0;
}

/* The same for all of the word's rows. */
int64_t onrecord_score_all(const uint32_t *list, const uint8_t *counts, int64_t found, int64_t base, const float *lengths,
                           int64_t all_rows, float weight, float *scores)
{
    if (found && (int64_t)list[found - 1] + base >= all_rows) return DAMAGED; /* lists ascend; a damaged one is met below */
    for (int64_t i = 0; i < found; i++) {
        int64_t row = base + list[i];
        if (row >= all_rows) return DAMAGED;
        float count = (float)counts[i];
        if (counts[i] == 255) return UNFIT;
        scores[i] += count * weight / (lengths[row] + count);
    }
    return 0;
}

/* The same added up by row, with a mark on each row; `sums` and `bits` are over all rows. */
int64_t onrecord_add(const uint32_t *list, const uint8_t *counts, int64_t found, int64_t base, const float *lengths,
                     int64_t all_rows, float weight, uint64_t *bits, float *sums)
{
    for (int64_t i = 0; i < found; i++) {
        int64_t row = base + list[i];
        if (row >= all_rows) return DAMAGED;
        if (counts[i] == 255) return UNFIT;
        float count = (float)counts[i];
        sums[row] += count * weight / (lengths[row] + count);
        bits[row >> 6] |= (uint64_t)1 << (row & 63);
    }
    return 0;
}

/* Rows of a bitmap with their sums, ascending; bitmap and sums back to zero. */
int64_t onrecord_collect_sums(uint64_t *bits, int64_t words, float *sums, int64_t *out, float *scores)
{
    int64_t found = 0;
    for (int64_t i = 0; i < words; i++) {
        uint64_t word = bits[i];
        bits[i] = 0;
        while (word) {
            int64_t row = (i << 6) + __builtin_ctzll(word);
            out[found] = row;
            scores[found++] = sums[row];
            sums[row] = 0;
            word &= word - 1;
        }
    }
    return found;
}

/* Places of the `most` best of n rows: by score, then by rank[row], the lower the better. Returns how many there are. */
int64_t onrecord_best(const float *scores, const int64_t *rows, int64_t n, const uint32_t *rank, int64_t all_rows, int64_t most,
                      int64_t *places)
{
    int64_t kept = 0;
    float least = 0;
    uint32_t least_rank = 0;
    for (int64_t i = 0; i < n; i++) {
        float score = scores[i];
        if (kept == most && score < least) continue;
        int64_t row = rows[i];
        if (row < 0 || row >= all_rows) return DAMAGED;
        uint32_t place = rank[row];
        if (kept == most && !better(score, place, least, least_rank)) continue;
        int64_t at = kept < most ? kept++ : kept - 1;
        while (at > 0 && better(score, place, scores[places[at - 1]], rank[rows[places[at - 1]]])) {
            places[at] = places[at - 1];
            at--;
        }
        places[at] = i;
        least = scores[places[kept - 1]];
        least_rank = rank[rows[places[kept - 1]]];
    }
    return kept;
}
